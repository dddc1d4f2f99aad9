public import VigilCore

/// Reads a profile from the tree of a file; every fault is named with place and remedy, all at once.
public struct ProfileReader {
    private static let mostMessages = 64

    /// - Parameter tree: the whole file.
    /// - Returns: nil where there is an error: nothing of a wrong profile is used.
    public static func read(_ tree: Setting, faults: FaultList) -> Profile? {
        let own = FaultList()
        let profile = read(SettingsReader(tree, path: "", faults: own))
        // A list of facts is read for each message that names it.
        for fault in own.faults where !faults.faults.contains(fault) { faults.add(fault) }
        return own.hasErrors ? nil : profile
    }

    /// What a file calls its language, however faulty the rest of it is.
    public static func names(in tree: Setting) -> [Dialect] {
        guard case .map(let entries) = tree.value else { return [] }
        let stated = entries.filter { $0.key == "dialect" || $0.key == "aliases" }.flatMap { entry in
            if case .list(let elements) = entry.value.value { elements } else { [entry.value] }
        }
        return stated.compactMap { $0.word.map { Dialect($0) } }
    }

    private static func read(_ reader: SettingsReader) -> Profile {
        var top = reader
        let dialect = top.identifier("dialect", "a name of your own, such as acme-mat") ?? ""
        let aliases = top.texts("aliases")
        let names = [(dialect, top.mark(of: "dialect"))] + aliases.map { ($0.text, $0.mark) }
        let marks = names.compactMap { name, mark in mark.map { (Dialect(name), $0) } }
        let title = readTitle(&top)
        let source = top.requiredLine("source", "the address of the documentation that it was written from") ?? ""
        let liveness = readLiveness(&top)
        let written = top.list("filter")
        let filters = readFilters(&top)
        let lists = ProfileFactLists(&top)
        let messages = readMessages(&top, lists)
        lists.finish()
        top.finish()
        let derived = messages.filter { !$0.isNobodys }.flatMap(\.topics).map(\.filter)
        if written.isEmpty, !messages.isEmpty, derived.contains(nil) {
            let message = "a topic begins with a place, so nobody can say where the dialect usually speaks; write filter: acme/#"
            top.fault(at: top.mark(of: "messages"), key: "filter", message)
        }
        return Profile(
            dialect: Dialect(dialect), aliases: aliases.map { Dialect($0.text) }, title: title, source: source, liveness: liveness,
            filters: written.isEmpty ? derived.compactMap { $0 }.unique : filters,
            marks: Dictionary(marks) { first, _ in first }, messages: messages)
    }

    private static func readTitle(_ top: inout SettingsReader) -> LocalizedText {
        guard let found = top.requiredSetting("title", "{zh-CN: 睡眠床垫, en: sleep mat}"),
            var title = top.reader("title")
        else { return LocalizedText(zh: "", en: "") }
        _ = found
        let text = LocalizedText(zh: title.requiredLine("zh-CN", "睡眠床垫") ?? "", en: title.requiredLine("en", "sleep mat") ?? "")
        title.finish()
        return text
    }

    private static func readLiveness(_ top: inout SettingsReader) -> LivenessClass {
        let known = LivenessClass.allCases.map(\.rawValue).joined(separator: ", ")
        guard top.requiredSetting("liveness", "one of \(known)") != nil else { return .oneWay }
        return top.choice("liveness", LivenessClass.self) ?? .oneWay
    }

    private static func readFilters(_ top: inout SettingsReader) -> [String] {
        top.texts("filter").map { text, mark in
            let levels = text.split(separator: "/", omittingEmptySubsequences: false)
            let isPlain = levels.enumerated().allSatisfy { index, level in
                level == "+" || (level == "#" && index == levels.count - 1) || !level.contains { "+#{}".contains($0) }
            }
            if text.isEmpty || !isPlain {
                let message =
                    "\(SettingFault.quoted(text)) is no topic filter; write words and + between slashes, and # at the end alone"
                top.fault(at: mark, key: "filter", message)
            }
            return text
        }
    }

    private static func readMessages(_ top: inout SettingsReader, _ lists: ProfileFactLists) -> [Profile.Message] {
        let readers = top.readers("messages")
        if readers.isEmpty, !top.isRefused("messages") {
            top.miss(["messages"], "\"messages\" is missing; write messages: and below it - topic: acme/{device}/state with its facts:")
        }
        if readers.count > mostMessages {
            top.fault(at: top.mark(of: "messages"), key: "messages", "more than \(mostMessages) messages; split the profile")
        }
        return readers.prefix(mostMessages).map { entry in
            var message = ProfileMessageReader(entry, lists: lists)
            return message.read()
        }
    }
}

extension Array where Element: Equatable {
    /// Each element once, in the order of its first place.
    var unique: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
