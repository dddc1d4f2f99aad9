internal import Glibc

/// Reads what a `*_file` key names.
public enum SecretFile {
    /// More than any token, key list or password needs.
    static let limit = 16 * 1024
    /// More than lines for 10,000 devices need.
    static let linesLimit = 1024 * 1024

    /// The words of a failure name the file, never its content.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }
    }

    /// The file's text without the white space around it.
    public static func read(_ path: String) -> Result<Secret, Failure> {
        readBytes(path, limit: limit).flatMap { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .failure(Failure("\(path) is not UTF-8 text; write the secret into it as plain text"))
            }
            let trimmed = text.trimmingPrefix(while: \.isWhitespace)
            let end = trimmed.lastIndex { !$0.isWhitespace }
            guard let end else { return .failure(Failure("\(path) is empty; write the secret into it")) }
            return .success(Secret(String(trimmed[...end])))
        }
    }

    /// The text of a file with a secret in each line, as it stands. Bytes that are no UTF-8 cost no more than their line.
    public static func readLines(_ path: String) -> Result<Secret, Failure> {
        readBytes(path, limit: linesLimit).flatMap { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.contains(where: { !$0.isWhitespace }) else {
                return .failure(Failure("\(path) is empty; write its lines into it, or name no file"))
            }
            return .success(Secret(text))
        }
    }

    static func readBytes(_ path: String, limit: Int) -> Result<[UInt8], Failure> {
        // Opening a pipe would wait for somebody to write into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(Failure("cannot open \(path): \(lastError())")) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFIFO else {
            return .failure(Failure("\(path) is a pipe; name a file"))
        }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { return .failure(Failure("cannot read \(path): \(lastError())")) }
            guard got > 0 else { break }
            count += got
        }
        guard count <= limit else { return .failure(Failure("\(path) is larger than \(limit) bytes; is it the right file")) }
        return .success(Array(bytes.prefix(count)))
    }

    static func lastError() -> String { String(cString: strerror(errno)).lowercased() }
}
