import VigilCore

/// A payload that is one bare word or number, under the limits that hold for JSON.
enum BareText {
    /// Refuses what is too long or no UTF-8.
    static func check(_ payload: [UInt8]) throws(DecodeFailure) {
        try checkLength(payload)
        guard String(validating: payload, as: UTF8.self) != nil else { throw DecodeFailure(.notUTF8, "the payload is not UTF-8") }
    }

    /// Refuses what is too long.
    static func checkLength(_ payload: [UInt8]) throws(DecodeFailure) {
        guard payload.count <= JSONReader.maximumBytes else {
            throw DecodeFailure(.tooLarge, "the payload is longer than \(JSONReader.maximumBytes) bytes")
        }
    }

    /// The text without white space at both ends.
    static func string(of payload: [UInt8]) throws(DecodeFailure) -> String {
        try check(payload)
        return payload.withUnsafeBytes { TextBytes($0).trimmed.string }
    }
}
