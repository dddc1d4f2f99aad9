import VigilCore

/// Where values stand in the files that people wrote.
struct TrapPlaces {
    let configuration: [String: Setting.Mark]
    let registry: [String: Setting.Mark]

    /// The place of a path, or of the nearest thing around it; nil for what is built in or comes from a store.
    func mark(of path: String) -> Setting.Mark? {
        var path = path[...]
        while !path.isEmpty {
            if let mark = configuration[String(path)] ?? registry[String(path)] { return mark }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            path = path[..<end]
        }
        return nil
    }
}
