import Foundation
import Testing
import VigilCore

@testable import VigilNotify

@Suite struct AcceptTokenTests {
    private let tokens = AcceptToken(key: [UInt8](repeating: 1, count: 32))

    @Test("a token is 43 characters that URLs and headers carry as they are")
    func form() {
        #expect(tokens.make(alert: "fall-r0042-7", contact: "c-wang").wholeMatch(of: /[-_A-Za-z0-9]{43}/) != nil)
    }

    @Test("a token is the HMAC that its doc comment states")
    func vector() {
        // printf 'vigil accept v1\n12 fall-r0042-7\nc-wang' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01 -binary | basenc --base64url
        #expect(tokens.make(alert: "fall-r0042-7", contact: "c-wang") == "FAs8R5nGeJ-v_PEkj3Kfr2sZzUEWpipSga-aUOxNVpY")
    }

    @Test("no bit of a token can be changed")
    func everyBit() {
        let token = Array(tokens.make(alert: "a", contact: "b").utf8)
        for index in token.indices {
            for bit in 0..<8 {
                var forged = token
                forged[index] ^= 1 << UInt8(bit)
                #expect(!tokens.verifies(String(decoding: forged, as: UTF8.self), alert: "a", contact: "b"))
            }
        }
        #expect(tokens.verifies(String(decoding: token, as: UTF8.self), alert: "a", contact: "b"))
    }

    @Test("two pairs of ids that read alike have different tokens")
    func boundary() {
        #expect(tokens.make(alert: "a", contact: "b\nc") != tokens.make(alert: "a\nb", contact: "c"))
        #expect(tokens.make(alert: "ab", contact: "c") != tokens.make(alert: "a", contact: "bc"))
    }

    @Test("a token of another box is worth nothing")
    func otherBox() {
        let other = AcceptToken(key: [UInt8](repeating: 2, count: 32))

        #expect(!tokens.verifies(other.make(alert: "a", contact: "b"), alert: "a", contact: "b"))
    }

    @Test("the first start makes the secret for its owner's eyes; later ones find it")
    func stored() throws {
        let directory = try TemporaryDirectory()

        let first = try AcceptToken.load(fromStateDirectory: directory.path).get()
        let second = try AcceptToken.load(fromStateDirectory: directory.path).get()

        #expect(first.make(alert: "a", contact: "b") == second.make(alert: "a", contact: "b"))
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory.path)/accept.key")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == 32)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["accept.key"])
    }

    @Test("two boxes have different secrets")
    func random() throws {
        let one = try TemporaryDirectory()
        let two = try TemporaryDirectory()

        let a = try AcceptToken.load(fromStateDirectory: one.path).get()
        let b = try AcceptToken.load(fromStateDirectory: two.path).get()

        #expect(a.make(alert: "a", contact: "b") != b.make(alert: "a", contact: "b"))
    }

    @Test("a damaged secret is refused, not replaced")
    func damaged() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/accept.key"
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))

        guard case .failure(let failure) = AcceptToken.load(fromStateDirectory: directory.path) else {
            Issue.record("accepted")
            return
        }
        #expect(failure.description.contains(path))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
    }

    @Test("a state directory that is not there is named")
    func noDirectory() {
        guard case .failure(let failure) = AcceptToken.load(fromStateDirectory: "/nonexistent/vigil") else {
            Issue.record("accepted")
            return
        }
        #expect(failure.description.contains("/nonexistent/vigil"))
    }
}
