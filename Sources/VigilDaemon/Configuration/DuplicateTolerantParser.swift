import VigilCore
import Yams

/// Parses YAML whose maps may hold a key twice.
///
/// Yams stops at the first map with a duplicate and tells nothing of the rest of the file. So the first of the two keys gets another
/// first letter, one of Unicode's private ones and of the same width, and the text is parsed again: every later fault keeps its place.
struct DuplicateTolerantParser {
    private var text: YAMLText
    /// The keys that were renamed, by their new first letter.
    private(set) var shadowed: [Unicode.Scalar: String] = [:]
    /// Nodes know their anchors weakly: they last as long as the parser that made them.
    private(set) var parser: Parser?

    /// Nobody repairs more of them in one go.
    private static let limit = 50

    init(text: YAMLText) { self.text = text }

    /// The one document of the text; nil when it is empty.
    mutating func parse() throws(SettingFault) -> Node? {
        var letters = unusedLetters()
        while true {
            do {
                let parser = try Parser(yaml: text.string, resolver: .basic, encoding: .utf8)
                self.parser = parser
                return try parser.singleRoot()
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let name = names.first ?? ""
                guard let letter = letters.popLast(), rename(name, line: context.mark.line, column: context.mark.column, to: letter)
                else {
                    let message = "\(SettingFault.quoted(name)) stands twice in this map; keep one of them"
                    throw SettingFault(mark: mark(context.mark), path: "", message: message)
                }
                shadowed[letter] = name
            } catch let error as YamlError {
                throw fault(error)
            } catch {
                throw SettingFault(mark: text.mark(at: 0), path: "", message: "not readable as YAML: \(error)")
            }
        }
    }

    private mutating func rename(_ name: String, line: Int, column: Int, to letter: Unicode.Scalar) -> Bool {
        guard var offset = text.offset(line: line, column: column) else { return false }
        if text.scalars[offset] == "\"" || text.scalars[offset] == "'" { offset += 1 }
        // An escape sequence or an explicit key: the place is not simply that of the name.
        guard text.scalars.indices.contains(offset), text.scalars[offset] == name.unicodeScalars.first else { return false }
        text.scalars[offset] = letter
        return true
    }

    private func unusedLetters() -> [Unicode.Scalar] {
        let used = Set(text.scalars.filter { (0xE000...0xF8FF).contains($0.value) })
        return (UInt32(0xE000)...0xF8FF).lazy.compactMap(Unicode.Scalar.init).filter { !used.contains($0) }.prefix(Self.limit)
            .reversed()
    }

    private func fault(_ error: YamlError) -> SettingFault {
        switch error {
        case .composer(_, let problem, let place, _) where problem.contains("another document"):
            SettingFault(mark: mark(place), path: "", message: "a second document begins here; keep one document in a file")
        case .composer(_, let problem, let place, _) where problem.contains("undefined alias"):
            SettingFault(mark: mark(place), path: "", message: "anchors and aliases are not read here; write the value out")
        case .scanner(_, let problem, let place, _), .parser(_, let problem, let place, _), .composer(_, let problem, let place, _):
            SettingFault(mark: mark(place), path: "", message: "not YAML: \(problem); \(Self.remedy(problem))")
        case .reader(let problem, _, _, _):
            SettingFault(mark: text.mark(at: 0), path: "", message: "not YAML: \(problem); save the file as UTF-8 text")
        case .memory:
            SettingFault(mark: text.mark(at: 0), path: "", message: "not YAML that fits: nested too deep; flatten it")
        default:
            SettingFault(mark: text.mark(at: 0), path: "", message: "not readable as YAML: \(error)")
        }
    }

    private func mark(_ place: Mark) -> Setting.Mark { Setting.Mark(file: text.file, line: place.line, column: place.column) }

    private static func remedy(_ problem: String) -> String {
        switch problem {
        case "mapping values are not allowed in this context": "check the indentation, and quote text that holds \": \""
        case "found character that cannot start any token": "indent with spaces, and quote text that begins with @, ` or %"
        case "could not find expected ':'": "write key: value"
        case "found unexpected end of stream": "close the quote that stands open"
        case let text where text.hasPrefix("did not find expected ','"): "close the bracket that stands open"
        default: "check indentation, quotes and brackets here and in the line before"
        }
    }
}
