import VigilCore

/// Lists of facts under names of the profile's own: what the properties of a product mean, whichever message brings them.
final class ProfileFactLists {
    private let entries: [Setting.Entry]
    private let top: SettingsReader
    /// Those that a message reads.
    private var used: Set<String> = []

    /// - Parameter top: the head of the profile, which may have `facts:`.
    init(_ top: inout SettingsReader) {
        let found = top.setting("facts")
        if case .map(let entries)? = found?.value { self.entries = entries } else { entries = [] }
        if let found, entries.isEmpty {
            let message =
                "\(found.shape) stands where lists of facts are wanted; write facts: {properties: [...]}, and facts: properties there"
            top.fault(at: found.mark, key: "facts", message)
        }
        self.top = top
    }

    /// The facts of the list that a message names.
    ///
    /// - Parameter message: where `facts` is a word.
    func readers(named message: inout SettingsReader) -> [SettingsReader] {
        guard let name = message.line("facts") else { return [] }
        guard let entry = entries.first(where: { $0.key == name }) else {
            let known = entries.map(\.key)
            let remedy = known.isEmpty ? "; write the facts as a list" : SettingFault.hint(name, among: known)
            message.fault(
                at: message.mark(of: "facts"), key: "facts",
                "the profile has no list of facts \(SettingFault.quoted(name))\(remedy)")
            return []
        }
        used.insert(name)
        let elements: [Setting] =
            switch entry.value.value {
            case .list(let elements): elements
            case .null: []
            default: [entry.value]
            }
        return elements.enumerated().map { SettingsReader($1, path: top.joined("facts.\(name)[\($0)]"), faults: top.faults) }
    }

    /// Names the lists that no message reads.
    func finish() {
        for entry in entries where !used.contains(entry.key) {
            top.fault(at: entry.mark, key: "facts.\(entry.key)", "no message reads it; write facts: \(entry.key) there, or remove it")
        }
    }
}
