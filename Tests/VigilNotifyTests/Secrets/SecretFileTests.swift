import Foundation
import Testing

@testable import VigilNotify

@Suite struct SecretFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func read(_ bytes: [UInt8]) throws -> Result<Secret, SecretFile.Failure> {
        let path = "\(directory.path)/secret"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return SecretFile.read(path)
    }

    @Test("the white space around a secret is not part of it")
    func trimmed() throws {
        #expect(try read(Array(" \t tk_geheim\r\n\n".utf8)).get().revealed == "tk_geheim")
    }

    @Test(
        "an empty, a foreign and an endless file are refused in words that hold nothing of them",
        arguments: [
            [], Array(" \n".utf8), [0x67, 0x65, 0x68, 0xff], [UInt8](repeating: 0x67, count: SecretFile.limit + 1),
        ])
    func refused(bytes: [UInt8]) throws {
        guard case .failure(let failure) = try read(bytes) else {
            Issue.record("read")
            return
        }
        #expect(failure.description.contains(directory.path))
        #expect(!failure.description.contains("geh"))
    }

    @Test("lines keep their places, whatever stands around them, and bytes that are no text cost none but their own")
    func lines() throws {
        let path = "\(directory.path)/lines"
        try Data([0x0A] + Array("one\ntw".utf8) + [0xFF, 0x0A] + Array("three\n".utf8)).write(to: URL(fileURLWithPath: path))

        let text = try SecretFile.readLines(path).get().revealed

        #expect(text.split(separator: "\n", omittingEmptySubsequences: false) == ["", "one", "tw\u{FFFD}", "three", ""])
    }

    @Test("a file without a line that says something is refused")
    func noLines() throws {
        let path = "\(directory.path)/lines"
        try Data(" \n\n".utf8).write(to: URL(fileURLWithPath: path))

        #expect(throws: SecretFile.Failure.self) { try SecretFile.readLines(path).get() }
    }

    @Test("a pipe is refused, and nobody waits for what may come out of it")
    func pipe() throws {
        let path = "\(directory.path)/pipe"
        try #require(mkfifo(path, 0o600) == 0)

        #expect(throws: SecretFile.Failure("\(path) is a pipe; name a file")) { try SecretFile.readLines(path).get() }
    }

    @Test("a file that is not there is named")
    func missing() {
        #expect(throws: SecretFile.Failure("cannot open /nonexistent: no such file or directory")) {
            try SecretFile.read("/nonexistent").get()
        }
    }

    @Test("printing a secret shows nothing of it")
    func redacted() {
        let secret = Secret("geheim")
        var dumped = ""
        dump(NtfySettings.Credential.bearer(secret), to: &dumped)

        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("geheim"))
        #expect(secret.redacted(from: "token geheim is wrong") == "token <secret> is wrong")
    }
}
