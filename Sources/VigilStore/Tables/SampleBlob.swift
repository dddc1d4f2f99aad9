internal import Foundation

/// Bytes from the wire that are kept to be looked at.
enum SampleBlob {
    /// The beginning of a payload.
    static func cut(_ bytes: [UInt8], to limit: Int) -> Data { Data(bytes.prefix(limit)) }
}
