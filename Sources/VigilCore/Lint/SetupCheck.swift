/// One trap that people set for themselves, and how to find it.
struct SetupCheck: Sendable {
    /// What programs call it; snake_case, and never changed.
    let id: String
    let find: @Sendable (Setup) -> [SetupTrap]

    init(_ id: String, find: @escaping @Sendable (Setup) -> [SetupTrap]) {
        self.id = id
        self.find = find
    }

    func run(on setup: Setup) -> [SetupTrap] {
        find(setup).map { found in
            var trap = found
            trap.trap = id
            return trap
        }
    }
}
