import Foundation
import Testing
import VigilConsole
import VigilCore

@testable import vigil

struct DeviceTestTextTests {
    private static let arrival = WallTime(1_795_957_320_000)

    /// What the command prints of one message with one fact.
    private func text(kind: String, claimed: Int64?, value: String = "true") throws -> String {
        let claim = claimed.map { #","claimed_at":\#($0)"# } ?? ""
        let frame = #"""
            {"sequence":7,"at":\#(Self.arrival.rawValue),"source":"main","topic":"careline/7F2A/report","retained":false,"size":2,
             "payload":{"text":"{}","encoding":"utf8"},"faults":[],
             "observations":[{"kind":"\#(kind)","value":\#(value),"nature":"level"\#(claim)}]}
            """#
        let answer = TestDeviceCommand.Answer(
            device: "bedside-0001", heard: true, drill: nil,
            frames: [try JSONDecoder().decode(FrameReport.self, from: Data(frame.utf8))], others: [])
        return DeviceTestText(.english, timeZone: "UTC").text(answer, for: "1m")
    }

    @Test("a call that claims to be older than ten minutes is said to be told as late, and no drill")
    func late() throws {
        let printed = try text(kind: "sos", claimed: Self.arrival.rawValue - 600_001)

        #expect(printed.contains("its call claims to be of 2026-11-29 12:51:59"))
        #expect(printed.contains("not of a drill"))
    }

    @Test(
        "a prompt call, one without a time, one that is over, and an old value that is no call are not",
        arguments: [
            ("sos", -600_000, "true"), ("sos", 0, "true"), ("sos", nil, "true"), ("sos", -700_000, "false"),
            ("in_bed", -700_000, "true"),
        ] as [(String, Int64?, String)])
    func prompt(kind: String, lag: Int64?, value: String) throws {
        let printed = try text(kind: kind, claimed: lag.map { Self.arrival.rawValue + $0 }, value: value)

        #expect(!printed.contains("its call claims"))
    }
}
