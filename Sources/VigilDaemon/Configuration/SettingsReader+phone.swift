internal import VigilCore

extension SettingsReader {
    /// A number that people dial, as they write it: `010 5555 0142`, `+86 139-0000-0007`.
    mutating func phone(_ key: String) -> String? {
        guard let text = line(key) else { return nil }
        let isDialled = text.utf8.allSatisfy { "0123456789+-*#()/ ".utf8.contains($0) }
        let digits = text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // The shortest are 110, 119 and 120; the longest must fit into a column of the call sheet.
        guard isDialled, digits >= 3, text.utf8.count <= 24 else {
            fault(
                at: mark(of: key), key: key,
                "\(SettingFault.quoted(text)) is no telephone number; write 3 to 24 digits, with blanks and + - * # ( ) / as people do")
            return nil
        }
        return text
    }
}
