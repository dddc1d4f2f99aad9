import VigilCore

/// Bytes from the wire, as text where they are text, in hex where they are not.
public struct PayloadSample: Codable, Hashable, Sendable {
    public enum Encoding: String, Codable, Sendable {
        case utf8, hex
    }

    public var text: String
    public var encoding: Encoding

    public init(_ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.text = text
            encoding = .utf8
        } else {
            text = HexText.text(bytes)
            encoding = .hex
        }
    }
}
