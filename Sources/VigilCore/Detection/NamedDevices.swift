/// The registered devices of a dialect by their names, and whom of them a topic names.
struct NamedDevices: Sendable {
    /// The most levels of a topic that a name is looked for in, and the most that a name may have.
    private static let mostLevels = 16
    private static let mostLevelsOfName = 4

    /// Where the household has each.
    private let places: [String: Int]
    /// The first device, by name, below a name's leading levels: `w3/4` below `w3`.
    private let below: [String: String]

    init(_ places: [String: Int] = [:]) {
        self.places = places
        var below: [String: String] = [:]
        for name in places.keys {
            let levels = name.split(separator: "/", omittingEmptySubsequences: false)
            for length in 1..<max(1, min(levels.count, Self.mostLevelsOfName + 1)) {
                let head = levels.prefix(length).joined(separator: "/")
                below[head] = min(below[head] ?? name, name)
            }
        }
        self.below = below
    }

    var isEmpty: Bool { places.isEmpty }

    subscript(name: String) -> Int? { places[name] }

    /// The first name that stands in the topic, whole levels of it; of those that begin at one level the longest.
    func name(in topic: String) -> String? { first(in: topic) { places[$0] != nil ? $0 : nil } }

    /// The registered device that a stranger's frame most likely concerns: the one that its topic names, or else one that is named below a level
    /// of the topic, as those are that a ward's topic speaks for. Nil where the topic names nobody: names are anybody's.
    func concerned(by stranger: DeviceAddress, on topic: String) -> DeviceAddress? {
        guard !isEmpty else { return nil }
        return (name(in: topic) ?? first(in: topic) { below[$0] }).map { DeviceAddress(dialect: stranger.dialect, name: $0) }
    }

    private func first(in topic: String, _ found: (String) -> String?) -> String? {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false).prefix(Self.mostLevels)
        for start in levels.indices {
            for length in stride(from: min(Self.mostLevelsOfName, levels.count - start), through: 1, by: -1) {
                if let name = found(levels[start..<start + length].joined(separator: "/")) { return name }
            }
        }
        return nil
    }
}
