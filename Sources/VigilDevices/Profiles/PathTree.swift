import VigilCore

/// Paths laid out so that one walk over a record finds the values of all of them: names that no path holds cost one look each.
struct PathTree: Sendable {
    private struct Branch: Sendable {
        var members: KeyTable<Int>?
        var everyMember: Int?
        var everyElement: Int?
        var elements: [Int: Int] = [:]
        /// The paths that end here.
        var ends: [Int] = []
    }

    /// A value that a path leads to.
    typealias Match = (path: Int, value: Scalar)

    /// More of one record are not looked at.
    private static let mostMatches = 1024

    private var branches = [Branch()]

    init(_ paths: [ProfilePath]) {
        var names: [[(name: String, entry: Int)]] = [[]]
        for (number, path) in paths.enumerated() {
            var place = 0
            for step in path.steps {
                let next = child(of: place, along: step, names[place]) ?? branches.count
                if next == branches.count {
                    branches.append(Branch())
                    names.append([])
                    attach(next, to: place, along: step, &names)
                }
                place = next
            }
            branches[place].ends.append(number)
        }
        for index in branches.indices where !names[index].isEmpty { branches[index].members = KeyTable(names[index]) }
    }

    private func child(of place: Int, along step: ProfilePath.Step, _ names: [(name: String, entry: Int)]) -> Int? {
        switch step {
        case .member(let name): names.first { $0.name == name }?.entry
        case .everyMember: branches[place].everyMember
        case .everyElement: branches[place].everyElement
        case .element(let index): branches[place].elements[index]
        }
    }

    private mutating func attach(
        _ next: Int, to place: Int, along step: ProfilePath.Step, _ names: inout [[(name: String, entry: Int)]]
    ) {
        switch step {
        case .member(let name): names[place].append((name, next))
        case .everyMember: branches[place].everyMember = next
        case .everyElement: branches[place].everyElement = next
        case .element(let index): branches[place].elements[index] = next
        }
    }

    // MARK: Walking

    /// What the paths lead to in a record, in the record's order.
    func matches(in record: ProfileRecord) -> [Match] {
        var found: [Match] = []
        found.reserveCapacity(8)
        switch record {
        case .json(let node): visit(node, 0, &found)
        case .text(let value): add(value, 0, &found)
        case .lines(let lines):
            for (key, value) in lines {
                if let next = branches[0].members?.entry(of: key) { add(value, next, &found) }
            }
        }
        return found
    }

    private func visit(_ node: JSONNode, _ place: Int, _ found: inout [Match]) {
        let branch = branches[place]
        if !branch.ends.isEmpty { add(Scalar(node), place, &found) }
        if branch.members != nil || branch.everyMember != nil {
            for (key, value) in node.members {
                if let next = branch.members?.entry(of: key) { visit(value, next, &found) }
                if let next = branch.everyMember { visit(value, next, &found) }
            }
        }
        if let next = branch.everyElement {
            if node.isArray { for value in node.elements { visit(value, next, &found) } } else { visit(node, next, &found) }
        }
        if !branch.elements.isEmpty {
            for (index, value) in node.elements.enumerated() {
                if let next = branch.elements[index] { visit(value, next, &found) }
            }
        }
    }

    private func add(_ value: Scalar, _ place: Int, _ found: inout [Match]) {
        for path in branches[place].ends where found.count < Self.mostMatches { found.append((path, value)) }
    }
}
