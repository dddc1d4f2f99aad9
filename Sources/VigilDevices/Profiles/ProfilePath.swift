/// The way to a value: `data.hr`, `params[*].status`, `services[0].value`, `readings.*`.
struct ProfilePath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case member(String)
        /// Every member of an object; its name is kept under a name of ours.
        case everyMember(capture: String?)
        /// Every element of an array; anything else counts as its only element.
        case everyElement
        case element(Int)

        /// The way to it, as a profile writes it.
        func text(after way: String) -> String {
            switch self {
            case .member(let name): way.isEmpty ? name : "\(way).\(name)"
            case .everyMember(let capture):
                (way.isEmpty ? "" : "\(way).") + (capture.map { "{\($0)}" } ?? "*")
            case .everyElement: "\(way)[*]"
            case .element(let index): "\(way)[\(index)]"
            }
        }
    }

    static let longest = 16

    var steps: [Step] = []
    /// Whether it starts outside of the record (`$.`): at the nearest object around it that has it, out to the whole body.
    var isAround = false

    /// The thing itself.
    static let itself = ProfilePath()

    init() {}

    /// - Parameter text: names with dots between them; `[*]`, `[0]`, `*` and `{name}`; `\.` is a dot in a name; `.` is the thing itself.
    /// - Throws: what is wrong with it, with a remedy.
    init(_ text: String) throws(ProfileFault) {
        guard text != "." else { return }
        var rest = Substring(text)
        if rest == "$" || rest.hasPrefix("$.") || rest.hasPrefix("$[") {
            isAround = true
            rest = rest.dropFirst()
            if rest.first == "." { rest = rest.dropFirst() }
            if rest.isEmpty { return }
        }
        var isNameWanted = rest.first != "["
        while isNameWanted || !rest.isEmpty {
            if isNameWanted {
                steps.append(try Self.name(&rest, of: text))
                isNameWanted = false
            } else if rest.first == "[" {
                steps.append(try Self.index(&rest, of: text))
            } else if rest.first == "." {
                rest = rest.dropFirst()
                isNameWanted = true
            } else {
                throw ProfileFault("a dot is missing before \"\(rest.prefix(20))\"; write names with dots between them")
            }
        }
        guard steps.count <= Self.longest else { throw ProfileFault("the path has more than \(Self.longest) steps; shorten it") }
    }

    /// The names that its steps keep.
    var captureNames: [String] {
        steps.compactMap { if case .everyMember(let name) = $0 { name } else { nil } }
    }

    private static func name(_ rest: inout Substring, of path: String) throws(ProfileFault) -> Step {
        var name = ""
        var isEscaped = false
        while let letter = rest.first, isEscaped || (letter != "." && letter != "[") {
            rest = rest.dropFirst()
            if !isEscaped, letter == "\\" {
                isEscaped = true
                continue
            }
            name.append(letter)
            isEscaped = false
        }
        guard !name.isEmpty else {
            throw ProfileFault("the path \"\(path)\" has an empty step; write names with dots between them, such as data.hr")
        }
        if name == "*" { return .everyMember(capture: nil) }
        guard name.hasPrefix("{"), name.hasSuffix("}") else { return .member(name) }
        guard let capture = CaptureName(name.dropFirst().dropLast()) else {
            throw ProfileFault("\"\(name)\" is no name for a place; write small letters, digits and _ between the braces")
        }
        return .everyMember(capture: capture.text)
    }

    private static func index(_ rest: inout Substring, of path: String) throws(ProfileFault) -> Step {
        let inner = rest.dropFirst().prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        guard rest.first == "]" else {
            throw ProfileFault("the path \"\(path)\" has an open bracket; write [*] or a number, such as [0]")
        }
        rest = rest.dropFirst()
        if inner == "*" { return .everyElement }
        guard let index = Int(inner), (0...4095).contains(index), inner.first != "+" else {
            throw ProfileFault("\"[\(inner)]\" is no place in a list; write [*] for all, or a number from 0 on")
        }
        return .element(index)
    }
}
