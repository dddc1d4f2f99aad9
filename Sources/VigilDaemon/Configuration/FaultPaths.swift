import VigilCore

/// Where in a file its errors stand, asked by path.
struct FaultPaths {
    private let exact: Set<String>
    /// The paths of the errors and of everything around them.
    private let touched: Set<String>

    init(_ faults: FaultList) {
        let exact = Set(faults.faults.lazy.filter(\.isError).map(\.path))
        self.exact = exact
        touched = exact.reduce(into: exact) { $0.formUnion(Self.around($1)) }
    }

    func stand(at path: String) -> Bool { exact.contains(path) }

    /// At the path or deeper.
    func stand(inside path: String) -> Bool { touched.contains(path) }

    /// At the path or at something that holds it, the whole file included.
    func stand(around path: String) -> Bool { exact.contains(path) || Self.around(path).contains { exact.contains($0) } }

    /// What holds a path, from the file as a whole on: of `contacts[3].role` that is ``, `contacts` and `contacts[3]`.
    private static func around(_ path: String) -> [String] {
        guard !path.isEmpty else { return [] }
        return [""] + path.indices.filter { path[$0] == "." || path[$0] == "[" }.map { String(path[..<$0]) }
    }
}
