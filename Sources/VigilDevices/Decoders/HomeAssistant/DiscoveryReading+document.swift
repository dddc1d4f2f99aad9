import VigilCore

extension DiscoveryReading {
    /// A component's options; what it does not say, the entry may say for all of them.
    struct Document {
        /// Where a topic's payload has the value.
        struct Field {
            /// Nil where the payload is the value.
            var name: String?
        }

        let node: JSONNode
        let root: JSONNode

        func value(_ name: StaticString, _ short: StaticString) -> JSONNode? {
            node.member(name) ?? node.member(short) ?? root.member(name) ?? root.member(short)
        }

        func word(_ name: StaticString, _ short: StaticString) -> String? { value(name, short)?.word }

        /// A topic; `~` at either end stands for the entry's base.
        // Source: discovery.py _replace_topic_base.
        func topic(_ name: StaticString, _ short: StaticString) -> String? {
            guard let text = word(name, short) else { return nil }
            let base = (node.member("~") ?? root.member("~"))?.word ?? "~"
            let whole = text.hasPrefix("~") ? base + text.dropFirst() : text.hasSuffix("~") ? text.dropLast() + base : text
            // Nobody publishes on a wildcard, and braces would be names in a profile.
            return whole.utf8.count <= 256 && !whole.contains { "+#{}".contains($0) } ? whole : nil
        }

        /// A payload as it stands on the wire; `true` without quotes is the word that a template makes of it.
        func scalar(_ name: StaticString, _ short: StaticString) -> String? {
            guard let value = value(name, short) else { return nil }
            if let word = value.word { return word }
            if let bool = value.bool { return bool ? "true" : "false" }
            if let integer = value.integer { return "\(integer)" }
            return nil
        }

        /// Nil where a template computes the value instead of naming it.
        var field: Field? { field(allowsFilters: false) }

        /// The same where what only makes a number of the value changes nothing: a number is read as one in any case.
        var numberField: Field? { field(allowsFilters: true) }

        private func field(allowsFilters: Bool) -> Field? {
            guard let template = value("value_template", "val_tpl") else { return Field() }
            guard let text = template.text?.trimmed else { return nil }
            if text.isEmpty { return Field() }
            return Self.member(text, allowsFilters: allowsFilters).map { Field(name: $0) }
        }

        /// `{{ value_json.smoke }}`, `{{ value_json['smoke'] }}`, `{{ value_json.a.b }}`; nil for any other template.
        ///
        /// - Parameter allowsFilters: `| int`, `| float(0)`, `| round(1)` may follow.
        // Source: home-assistant.io/docs/configuration/templating, "Numeric functions and filters".
        private static func member(_ template: TextBytes, allowsFilters: Bool) -> String? {
            guard template.hasPrefix("{{"), template.hasSuffix("}}"), template.count >= 4 else { return nil }
            let parts = template[2..<template.count - 2].parts(between: [UInt8(ascii: "|")])
            guard var rest = parts.first?.trimmed, parts.dropFirst().allSatisfy({ allowsFilters && makesNumber($0.trimmed) }) else {
                return nil
            }
            guard rest.hasPrefix("value_json") else { return nil }
            rest = rest["value_json".utf8.count..<rest.count]
            var names: [String] = []
            while !rest.isEmpty {
                guard let (name, length) = step(rest), names.count < 4 else { return nil }
                names.append(name)
                rest = rest[length..<rest.count]
            }
            return names.isEmpty ? nil : names.joined(separator: ".")
        }

        /// A filter that leaves a number what it is; a default or places may stand in parentheses behind it.
        private static func makesNumber(_ filter: TextBytes) -> Bool {
            let name = TextBytes(UnsafeRawBufferPointer(rebasing: filter.bytes.prefix { $0 != UInt8(ascii: "(") })).trimmed
            let rest = filter.bytes.dropFirst(name.count)
            let isCall = rest.last == UInt8(ascii: ")") && rest.count { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") } == 2
            return (name == "int" || name == "float" || name == "round") && (rest.isEmpty || isCall)
        }

        /// The first `.name` or `['name']`, and how many bytes it takes.
        private static func step(_ text: TextBytes) -> (name: String, length: Int)? {
            if text.hasPrefix(".") {
                let name = text[1..<text.count].bytes.prefix(while: isOfName)
                guard !name.isEmpty, name.count <= 64 else { return nil }
                return (String(decoding: name, as: UTF8.self), name.count + 1)
            }
            guard text.hasPrefix("['") || text.hasPrefix("[\""), let quote = text.bytes.dropFirst().first else { return nil }
            let name = text[2..<text.count].bytes.prefix { $0 != quote }
            let end = text[2 + name.count..<min(4 + name.count, text.count)]
            guard !name.isEmpty, name.count <= 64, name.allSatisfy(isOfName), end == "']" || end == "\"]" else { return nil }
            return (String(decoding: name, as: UTF8.self), name.count + 4)
        }

        private static func isOfName(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
