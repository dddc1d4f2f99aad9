internal import CCrypto
import VigilCore

/// The secret that a device shares with those who bound it: 16 bytes, of MiBeacon before version 4 12. Printing shows nothing of it.
public struct BluetoothKey: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Parameter hex: 32 or 24 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard let bytes = HexText.bytes(hex), bytes.count == 16 || bytes.count == 12 else { return nil }
        self.bytes = bytes
    }

    /// Tells keys apart and nothing of them: what was counted under one says nothing about another.
    var fingerprint: String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        return HexText.text(digest.prefix(4))
    }
}

extension BluetoothKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a key of \(bytes.count) bytes" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
