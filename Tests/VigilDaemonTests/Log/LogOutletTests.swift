import Foundation
import Testing

@testable import VigilDaemon

/// Nobody waits for who reads the log (`promises.md`, A19).
struct LogOutletTests {
    @Test("lines come out in order")
    func order() {
        let pipe = Self.pipe()
        let outlet = LogOutlet(descriptor: pipe.fileHandleForWriting.fileDescriptor)

        for number in 0..<100 { outlet.write("line \(number)\n") }
        outlet.flush(within: 30)

        let expected = (0..<100).map { "line \($0)\n" }.joined()
        #expect(pipe.fileHandleForReading.availableData == Data(expected.utf8))
    }

    /// One that stays open as long as the process: so does the outlet's thread, and a number that was given back is soon another test's.
    private static func pipe() -> Pipe { Unmanaged.passRetained(Pipe()).takeUnretainedValue() }

    @Test("a reader that does not read holds nobody up, and hears how many lines were left out")
    func blocked() {
        let pipe = Self.pipe()
        let outlet = LogOutlet(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let line = String(repeating: "x", count: 999) + "\n"

        // A pipe holds 64 KiB and the outlet two thousand lines; this returns all the same.
        for _ in 0..<10_000 { outlet.write(line) }

        var text = ""
        while !text.contains("log lines were left out") {
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            text = String(text.suffix(200)) + String(decoding: more, as: UTF8.self)
        }
        #expect(text.contains("log lines were left out"))
    }
}
