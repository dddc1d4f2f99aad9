import VigilCore

/// What is kept of a description of version 5: it is sent once and says what the values are.
struct HomieDescription: Sendable {
    struct Property: Sendable {
        let node: String
        let name: String
        let unit: String
        let isSettable: Bool
    }

    /// So that a root with many children does not use the memory up.
    static let mostChildWords = 8
    private static let longestID = 64

    private(set) var properties: [Property] = []
    /// The children's IDs, as many in a word as fit, with commas between.
    private(set) var childWords: [String] = []

    init(_ root: JSONNode) {
        for (node, description) in root.member("nodes")?.members.map({ ($0.key, $0.value) }) ?? [] {
            for (name, property) in description.member("properties")?.members.map({ ($0.key, $0.value) }) ?? [] {
                guard node.count <= Self.longestID, name.count <= Self.longestID, properties.count < DialectState.wordLimit else {
                    continue
                }
                properties.append(
                    Property(
                        node: node.string, name: name.string, unit: property.member("unit")?.text?.string ?? "",
                        isSettable: property.member("settable")?.bool ?? false))
            }
        }
        for child in root.member("children")?.elements.map({ $0 }) ?? [] {
            guard let id = child.text, !id.isEmpty, id.count <= Self.longestID, id.isPlain else { continue }
            add(child: id.string)
        }
    }

    private mutating func add(child: String) {
        if let last = childWords.last, last.utf8.count + 1 + child.utf8.count <= DialectState.longestWord {
            childWords[childWords.count - 1] = "\(last),\(child)"
        } else if childWords.count < Self.mostChildWords {
            childWords.append(child)
        }
    }
}
