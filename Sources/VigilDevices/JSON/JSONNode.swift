import CJSON

/// One value of a parsed document; valid only inside the closure that `JSONReader.read` handed it to.
struct JSONNode {
    private let node: UnsafePointer<cjson_node>

    init(_ node: UnsafePointer<cjson_node>) { self.node = node }

    private var kind: cjson_kind { cjson_kind(node.pointee.kind) }

    var isNull: Bool { kind == CJSON_NULL }
    var isObject: Bool { kind == CJSON_OBJECT }
    var isArray: Bool { kind == CJSON_ARRAY }

    /// No value stands here: `null`, a text that says so, an empty list or object.
    var isNothing: Bool { isObject || isArray ? count == 0 : Scalar(self).isNoReading }

    /// What it is, for people.
    var shape: String {
        switch kind {
        case CJSON_OBJECT: "an object"
        case CJSON_ARRAY: "a list"
        case CJSON_TEXT: "a text"
        case CJSON_INTEGER, CJSON_REAL: "a number"
        case CJSON_TRUE, CJSON_FALSE: "a truth value"
        default: "nothing"
        }
    }

    /// What holds nothing, as it is written.
    var emptiness: String { isObject ? "{}" : isArray ? "[]" : isNull ? "null" : Scalar(self).shown }

    /// The flag, where it is one; 0 and 1 are none.
    var bool: Bool? {
        switch kind {
        case CJSON_TRUE: true
        case CJSON_FALSE: false
        default: nil
        }
    }

    /// The number, where it was written without fraction and exponent and fits.
    var integer: Int64? { kind == CJSON_INTEGER ? node.pointee.value.integer : nil }

    /// The number, however it was written; finite.
    var number: Double? {
        switch kind {
        case CJSON_INTEGER: Double(node.pointee.value.integer)
        case CJSON_REAL: node.pointee.value.real
        default: nil
        }
    }

    var text: TextBytes? {
        guard kind == CJSON_TEXT else { return nil }
        return TextBytes(start: node.pointee.value.text, count: Int(node.pointee.length))
    }

    /// The value with this name, where this is an object that has it.
    func member(_ name: StaticString) -> JSONNode? {
        guard isObject else { return nil }
        for (key, value) in members where key == name { return value }
        return nil
    }

    /// The members of an object in their order; none where this is no object.
    var members: Members { Members(Elements(of: node, count: isObject ? node.pointee.length : 0)) }

    /// The elements of an array in their order; none where this is no array.
    var elements: Elements { Elements(of: node, count: isArray ? node.pointee.length : 0) }

    /// How many members or elements it has.
    var count: Int { isObject || isArray ? Int(node.pointee.length) : 0 }

    fileprivate var name: TextBytes { TextBytes(start: node.pointee.key, count: Int(node.pointee.key_length)) }
    fileprivate var sibling: UnsafePointer<cjson_node> { node + Int(node.pointee.span) }
}

extension JSONNode {
    /// The children of an array or object, one after the other.
    struct Elements: Sequence, IteratorProtocol {
        private var following: UnsafePointer<cjson_node>
        private var remaining: UInt32

        fileprivate init(of node: UnsafePointer<cjson_node>, count: UInt32) {
            following = node + 1
            remaining = count
        }

        mutating func next() -> JSONNode? {
            guard remaining > 0 else { return nil }
            remaining -= 1
            let child = JSONNode(following)
            following = child.sibling
            return child
        }
    }

    /// The members of an object with their names.
    struct Members: Sequence, IteratorProtocol {
        private var elements: Elements

        fileprivate init(_ elements: Elements) { self.elements = elements }

        mutating func next() -> (key: TextBytes, value: JSONNode)? { elements.next().map { ($0.name, $0) } }
    }
}
