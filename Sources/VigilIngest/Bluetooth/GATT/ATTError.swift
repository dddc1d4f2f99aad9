/// Why a device refuses a request.
// Source: Bluetooth Core Specification 5.4, volume 3, part F, section 3.4.1.1, table 3.4; Supplement to the Core Specification, part B,
// section 1.2 for 0xFC to 0xFF.
struct ATTError: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    static let insufficientAuthentication = ATTError(rawValue: 0x05)
    static let requestNotSupported = ATTError(rawValue: 0x06)
    static let attributeNotFound = ATTError(rawValue: 0x0A)
    static let encryptionKeyTooShort = ATTError(rawValue: 0x0C)
    static let insufficientEncryption = ATTError(rawValue: 0x0F)

    /// It would say yes over a link that is encrypted, or encrypted better.
    var asksForPairing: Bool {
        [.insufficientAuthentication, .encryptionKeyTooShort, .insufficientEncryption].contains(self)
    }

    var words: String {
        switch rawValue {
        case 0x01: "invalid handle"
        case 0x02: "read not permitted"
        case 0x03: "write not permitted"
        case 0x04: "invalid PDU"
        case 0x05: "insufficient authentication"
        case 0x06: "request not supported"
        case 0x07: "invalid offset"
        case 0x08: "insufficient authorization"
        case 0x0A: "attribute not found"
        case 0x0B: "attribute not long"
        case 0x0C: "encryption key too short"
        case 0x0D: "invalid value length"
        case 0x0E: "unlikely error"
        case 0x0F: "insufficient encryption"
        case 0x10: "unsupported group type"
        case 0x11: "insufficient resources"
        case 0x12: "database out of sync"
        case 0x13: "value not allowed"
        case 0xFC: "write request rejected"
        case 0xFD: "descriptor improperly configured"
        case 0xFE: "procedure already in progress"
        case 0xFF: "out of range"
        default: "error \(rawValue)"
        }
    }
}
