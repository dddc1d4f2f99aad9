import Glibc
import VigilCore

/// Lines for whoever called; each is out before the next begins, so that a pipe can be followed.
enum StandardOutput {
    static func write(_ text: String) { send(text, to: STDOUT_FILENO) }
}

enum StandardError {
    static func write(_ text: String) { send(text, to: STDERR_FILENO) }

    /// Over what stands on this line of a terminal; empty to wipe it.
    static func rewrite(_ line: String) { send("\r\u{1B}[K\(line.printable)", to: STDERR_FILENO, endsLine: false) }
}

private func send(_ text: String, to descriptor: Int32, endsLine: Bool = true) {
    var bytes = Array(text.utf8)
    // By bytes: to Swift the end of a line of CSV is one character that is no line feed.
    if endsLine, bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    var sent = 0
    while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        // A reader that went away ends the process (SIGPIPE); of anything else there is nobody left to tell.
        guard count > 0 || errno == EINTR else { return }
        sent += max(0, count)
    }
}
