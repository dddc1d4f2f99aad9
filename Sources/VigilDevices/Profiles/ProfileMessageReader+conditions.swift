import VigilCore

extension ProfileMessageReader {
    /// `when`: what must hold, each by the place of its value.
    mutating func readConditions(_ setting: Setting?, _ reader: SettingsReader) -> [Profile.Condition] {
        guard let found = setting else { return [] }
        guard case .map(let entries) = found.value else {
            let message = "\(found.shape) stands where conditions are wanted; write when: {cmd: report} or {cmd: [report, heartbeat]}"
            reader.fault(at: found.mark, key: "when", message)
            return []
        }
        return entries.compactMap { entry in
            guard let source = source(entry.key, "when", at: entry.mark, reader) else { return nil }
            return readTest(entry, reader).map { Profile.Condition(source: source, test: $0) }
        }
    }

    private func readTest(_ entry: Setting.Entry, _ reader: SettingsReader) -> Profile.Condition.Test? {
        let path = reader.joined("when.\(entry.key)")
        guard case .map = entry.value.value else {
            return words(entry.value, path, reader.faults).map { .isOne(of: $0) }
        }
        var inner = SettingsReader(entry.value, path: path, faults: reader.faults)
        let not = inner.setting("not")
        let isExistenceAsked = inner.setting("exists") != nil
        let exists = inner.flag("exists", default: true)
        defer { inner.finish() }
        if let not, !isExistenceAsked { return words(not, "\(path).not", reader.faults).map { .isNone(of: $0) } }
        if isExistenceAsked, not == nil { return .exists(exists) }
        inner.miss(["not", "exists"], at: entry.value.mark, "write a word, a list of words, {not: [words]} or {exists: true}")
        return nil
    }

    /// A word or a list of them.
    func words(_ setting: Setting, _ path: String, _ faults: FaultList) -> [ProfileWord]? {
        let elements: [Setting] = if case .list(let elements) = setting.value { elements } else { [setting] }
        let words = elements.compactMap { element -> ProfileWord? in
            if let word = element.word { return ProfileWord(word) }
            faults.add(
                SettingFault(mark: element.mark, path: path, message: "\(element.shape) stands where a word or number is wanted"))
            return nil
        }
        guard words.count == elements.count else { return nil }
        guard !words.isEmpty else {
            faults.add(SettingFault(mark: setting.mark, path: path, message: "the list is empty; write the words that are meant"))
            return nil
        }
        return words
    }
}

extension Setting {
    /// The word as it stands in the file; nil where something else does.
    var word: String? {
        switch value {
        case .text(let text), .plain(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .number, .null, .list, .map: nil
        }
    }
}
