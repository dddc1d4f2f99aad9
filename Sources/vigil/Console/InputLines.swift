import Glibc

/// The lines of a file, or of standard input, one by one and without their line feeds; bytes, because files hold anything.
final class InputLines {
    /// What faults call it.
    let name: String
    private let file: UnsafeMutablePointer<FILE>
    private var buffer: UnsafeMutablePointer<CChar>?
    private var capacity = 0

    /// - Parameter path: nil or `-` for standard input.
    init(path: String?) throws {
        if let path, path != "-" {
            guard let opened = fopen(path, "r") else { throw Self.failure(path) }
            name = path
            file = opened
        } else {
            guard let opened = fdopen(STDIN_FILENO, "r") else { throw CommandFailure(.usage, "there is no standard input") }
            name = "stdin"
            file = opened
        }
    }

    deinit {
        free(buffer)
        fclose(file)
    }

    /// nil at the end; what can be opened and not be read, such as a folder, fails here.
    func next() throws -> [UInt8]? {
        var length = getline(&buffer, &capacity, file)
        guard length >= 0, let buffer else {
            guard ferror(file) == 0 else { throw Self.failure(name) }
            return nil
        }
        if length > 0, buffer[length - 1] == CChar(bitPattern: UInt8(ascii: "\n")) { length -= 1 }
        return UnsafeRawBufferPointer(start: buffer, count: length).map { $0 }
    }

    private static func failure(_ name: String) -> CommandFailure {
        CommandFailure(.usage, "cannot read \(name): \(String(cString: strerror(errno)).lowercased())")
    }
}
