import CJSON
import Synchronization
import VigilCore

/// Parses JSON with the limits of a hostile wire: 64 KiB, 32 levels, valid UTF-8, finite numbers, no name twice in an object; a
/// single value that is no JSON is left out (`JSONMender`).
///
/// The parser's buffers are made for the first document and reused from document to document behind a lock, so a decoder that holds a reader
/// stays a value that any thread may use, and one whose dialect nobody speaks costs nothing: the buffers take more than a megabyte.
final class JSONReader: Sendable {
    static let maximumBytes = 64 * 1024
    static let maximumDepth = 32

    private struct Parser: ~Copyable {
        let handle: OpaquePointer

        init() {
            guard let handle = cjson_create(JSONReader.maximumBytes, JSONReader.maximumDepth) else {
                fatalError("out of memory: no room for the buffers of a JSON parser")
            }
            self.handle = handle
        }

        deinit { cjson_destroy(handle) }
    }

    private let parser = Mutex<Parser?>(nil)

    /// Parses a document and hands its root to `body`. Nothing of the document may be kept beyond the call.
    ///
    /// - Parameter note: takes what had to be mended before it could be read (`JSONMender`), each with its reason.
    func read<Result: Sendable>(
        _ bytes: [UInt8], noting note: (inout Result, [Decoded.LeftOut]) -> Void = { _, _ in },
        _ body: @Sendable (JSONNode) throws(DecodeFailure) -> Result
    ) throws(DecodeFailure) -> Result {
        guard bytes.count <= Self.maximumBytes else { throw Self.failure(CJSON_TOO_LARGE) }
        return try parser.withLock { (parser) throws(DecodeFailure) -> Result in
            let handle = Self.handle(&parser)
            var root: UnsafePointer<cjson_node>?
            var status = Self.parse(bytes, handle, &root)
            if status == CJSON_OK, let root { return try body(JSONNode(root)) }
            // Only what fails is looked at twice.
            guard status == CJSON_MALFORMED, let mender = JSONMender(bytes) else { throw Self.failure(status) }
            status = Self.parse(mender.mended, handle, &root)
            guard status == CJSON_OK, let root else { throw Self.failure(status) }
            var result = try body(JSONNode(root))
            note(&result, mender.leftOut)
            return result
        }
    }

    /// What had to be mended is a fault of what was decoded.
    func read(
        _ bytes: [UInt8], _ body: @Sendable (JSONNode) throws(DecodeFailure) -> Decoded
    ) throws(DecodeFailure) -> Decoded {
        try read(bytes, noting: { $0.leftOut += $1 }, body)
    }

    /// The same, where the decoder remembers something besides.
    func read<Memory: Sendable>(
        _ bytes: [UInt8], _ body: @Sendable (JSONNode) throws(DecodeFailure) -> (Decoded, Memory)
    ) throws(DecodeFailure) -> (Decoded, Memory) {
        try read(bytes, noting: { $0.0.leftOut += $1 }, body)
    }

    private static func parse(_ bytes: [UInt8], _ handle: OpaquePointer, _ root: inout UnsafePointer<cjson_node>?) -> cjson_status {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { cjson_parse(handle, $0, bytes.count, &root) } ?? CJSON_MALFORMED
        }
    }

    private static func handle(_ parser: inout Parser?) -> OpaquePointer {
        if let handle = parser?.handle { return handle }
        let made = Parser()
        let handle = made.handle
        parser = consume made
        return handle
    }

    private static func failure(_ status: cjson_status) -> DecodeFailure {
        switch status {
        case CJSON_TOO_LARGE: DecodeFailure(.tooLarge, "the payload is longer than \(maximumBytes) bytes")
        case CJSON_TOO_DEEP: DecodeFailure(.tooDeep, "the JSON is nested deeper than \(maximumDepth) levels")
        case CJSON_NOT_UTF8: DecodeFailure(.notUTF8, "the payload is not UTF-8")
        case CJSON_DUPLICATE_KEY: DecodeFailure(.duplicateKey, "an object names a member twice, so nobody can say which one is meant")
        case CJSON_OUT_OF_MEMORY: fatalError("out of memory while parsing JSON")
        default: DecodeFailure(.malformed, "the payload is not JSON")
        }
    }
}
