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

        /// What would have to stand here for the ways that lead on; nil where one of them can, or nothing stands here.
        func wanted(insteadOf node: JSONNode) -> String? {
            let needsObject = members != nil || everyMember != nil
            if needsObject && node.isObject || !elements.isEmpty && node.isArray { return nil }
            guard needsObject || !elements.isEmpty, ends.isEmpty, everyElement == nil, !node.isNothing else { return nil }
            return needsObject ? "an object" : "a list"
        }
    }

    /// A value that a path leads to.
    typealias Match = (path: Int, value: Scalar)

    /// Something of another shape than the paths through it need.
    struct Misfit {
        /// Empty for the record itself.
        let way: String
        let found: String
        let wanted: String
    }

    /// More of one record are not looked at.
    private static let mostMatches = 1024

    private var branches = [Branch()]
    /// The way to each branch, as a profile writes it.
    private var ways = [""]
    /// What stands between the parts of a text.
    private let separator: [UInt8]

    /// - Parameter separator: nil where a text is one word.
    init(_ paths: [ProfilePath], separator: String? = nil) {
        self.separator = Array((separator ?? "").utf8)
        var names: [[(name: String, entry: Int)]] = [[]]
        for (number, path) in paths.enumerated() {
            var place = 0
            for step in path.steps {
                let next = child(of: place, along: step, names[place]) ?? branches.count
                if next == branches.count {
                    branches.append(Branch())
                    ways.append(step.text(after: ways[place]))
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
    ///
    /// - Parameter misfit: the first place on the way at which something of another shape stands.
    func matches(in record: ProfileRecord, misfit: inout Misfit?) -> [Match] {
        var found: [Match] = []
        found.reserveCapacity(8)
        switch record {
        case .json(let node): visit(node, 0, &found, &misfit)
        case .text(let text):
            add(Scalar(bare: text), 0, &found)
            visitParts(of: text, &found)
        case .lines(let lines):
            for (key, value) in lines {
                if let next = branches[0].members?.entry(of: key) { add(value, next, &found) }
            }
        }
        return found
    }

    private func visitParts(of text: TextBytes, _ found: inout [Match]) {
        guard !branches[0].elements.isEmpty, !separator.isEmpty else { return }
        for (index, part) in text.parts(between: separator).enumerated() {
            if let next = branches[0].elements[index] { add(Scalar(bare: part), next, &found) }
        }
    }

    private func visit(_ node: JSONNode, _ place: Int, _ found: inout [Match], _ misfit: inout Misfit?) {
        let branch = branches[place]
        if misfit == nil, let wanted = branch.wanted(insteadOf: node) {
            misfit = Misfit(way: ways[place], found: node.shape, wanted: wanted)
        }
        if !branch.ends.isEmpty { add(Scalar(node), place, &found) }
        if branch.members != nil || branch.everyMember != nil {
            for (key, value) in node.members {
                if let next = branch.members?.entry(of: key) { visit(value, next, &found, &misfit) }
                if let next = branch.everyMember { visit(value, next, &found, &misfit) }
            }
        }
        if let next = branch.everyElement {
            if node.isArray {
                for value in node.elements { visit(value, next, &found, &misfit) }
            } else {
                visit(node, next, &found, &misfit)
            }
        }
        if !branch.elements.isEmpty {
            for (index, value) in node.elements.enumerated() {
                if let next = branch.elements[index] { visit(value, next, &found, &misfit) }
            }
        }
    }

    private func add(_ value: Scalar, _ place: Int, _ found: inout [Match]) {
        for path in branches[place].ends where found.count < Self.mostMatches { found.append((path, value)) }
    }
}
