import Foundation
import Testing
import VigilTesting

struct DecodeCommandTests {
    @Test("a payload says what it means")
    func payload() async throws {
        let line = #"{"topic": "zigbee2mqtt/kitchen", "payload": "{\"smoke\":true}"}"# + "\n"

        let output = try await Program.run(["decode"], input: Data(line.utf8))

        #expect(output.status == 0)
        #expect(output.out.contains(#""kind":"smoke""#), "\(output.out)")
    }

    @Test("the dialect of the command line is for lines that name none")
    func dialect() async throws {
        let lines = #"{"payload": "{\"smoke\":true}"}"# + "\n" + #"{"payload": "{\"smoke\":true}", "dialect": "nothing"}"# + "\n"

        let output = try await Program.run(["decode", "--dialect", "zigbee2mqtt"], input: Data(lines.utf8))

        #expect(output.lines.count == 2)
        #expect(output.lines.first?.contains(#""kind":"smoke""#) == true, "\(output.out)")
        #expect(output.lines.last?.contains("error") == true, "\(output.out)")
    }

    @Test("a profile is tried without being installed")
    func profile() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file(
            "acme.yaml",
            text: """
                dialect: acme
                title: {zh-CN: 试, en: trial}
                source: a manual
                liveness: mains
                messages: [{topic: "acme/{device}", facts: [{path: hr, kind: heart_rate_bpm}]}]
                """)
        let line = #"{"topic": "acme/mat-1", "payload": "{\"hr\":62}"}"# + "\n"

        let output = try await Program.run(["decode", "--profile", path], input: Data(line.utf8))

        #expect(output.status == 0)
        #expect(output.out.contains(#""device":"mat-1","kind":"heart_rate_bpm""#), "\(output.out)")
    }

    @Test("a faulty profile is refused with place and remedy")
    func faultyProfile() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("acme.yaml", text: "dialect: acme\nlivenes: mains\n")

        let output = try await Program.run(["decode", "--profile", path])

        #expect(output.status == 78)
        #expect(output.err.contains("acme.yaml:2:1: unknown key \"livenes\"; did you mean \"liveness\"?"), "\(output.err)")
    }

    @Test("an explanation is a table for people, part by part", arguments: [("en", "tells", "ignored"), ("zh-CN", "产生", "忽略")])
    func explain(lang: String, told: String, ignored: String) async throws {
        let line = #"{"topic": "zigbee2mqtt/kitchen", "payload": "{\"smoke\":true,\"linkquality\":\"\\u001b[2J\"}"}"# + "\n"

        let output = try await Program.run(["decode", "--explain", "--lang", lang], input: Data(line.utf8))

        #expect(output.status == 0, "\(output.err)")
        #expect(output.lines.contains { $0.hasPrefix("smoke") && $0.contains(told) && $0.hasSuffix("smoke true") }, "\(output.out)")
        #expect(output.lines.contains { $0.hasPrefix("linkquality") && $0.contains(ignored) }, "\(output.out)")
        #expect(!output.out.unicodeScalars.contains("\u{1B}"))
    }

    @Test("programs get the explanation beside the observations")
    func explainJSON() async throws {
        let line = #"{"topic": "zigbee2mqtt/kitchen", "payload": "{\"smoke\":true}"}"# + "\n"

        let output = try await Program.run(["decode", "--explain", "-o", "json"], input: Data(line.utf8))

        #expect(output.out.contains(#""explanation":[{"#) && output.out.contains(#""observations":[{"#), "\(output.out)")
    }

    @Test("every line gets one answer, whatever it holds", arguments: [1, 2, 3])
    func garbage(seed: UInt64) async throws {
        var random = SeededBytes(seed: seed)
        var input = Data()
        for number in 0..<500 {
            let piece =
                number.isMultiple(of: 3)
                ? random.bytes(upTo: 200)
                : random.mutated(Array(#"{"topic": "zigbee2mqtt/x", "payload": "{\"smoke\":true}", "payload_encoding": "hex"}"#.utf8))
            input.append(contentsOf: piece.filter { $0 != UInt8(ascii: "\n") })
            input.append(UInt8(ascii: "\n"))
        }
        input.append(contentsOf: Array("no line feed at the end".utf8))

        let output = try await Program.run(["decode"], input: input)

        #expect(output.status == 0)
        #expect(output.lines.count == 501)
        for line in output.lines {
            let answer = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(answer?["error"] != nil || answer?["observations"] != nil)
        }
    }
}
