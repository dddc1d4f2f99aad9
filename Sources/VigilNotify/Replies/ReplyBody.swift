internal import VigilCore

/// The text that the accept button posts: `accept <alert> <contact> <token>`, with blanks and `%` in the ids percent-encoded.
enum ReplyBody {
    static func write(alert: AlertID, contact: ContactID, token: String) -> String {
        "\(Reply.Verb.accept.rawValue) \(encode(alert.rawValue)) \(encode(contact.rawValue)) \(token)"
    }

    static func read(_ text: String, via: String, tokens: AcceptToken) -> ReplyReading {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 4, Reply.Verb(rawValue: String(fields[0])) == .accept, let alert = decode(fields[1]),
            let contact = decode(fields[2])
        else { return .garbage }
        return ReplyReading(
            accepting: AlertID(alert), contact: ContactID(contact), token: String(fields[3]), via: via, tokens: tokens)
    }

    private static func encode(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte <= 0x20 || byte == UInt8(ascii: "%") || byte == 0x7f {
                bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// nil for an encoding that `encode` does not produce.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
    }
}
