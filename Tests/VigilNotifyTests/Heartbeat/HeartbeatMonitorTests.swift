import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct HeartbeatMonitorTests {
    private func monitor(_ check: String) throws -> HeartbeatMonitor {
        HeartbeatMonitor(address: Secret("\(try Shared.receiver().url)/ping/\(check)"), every: .seconds(60))
    }

    private func pings(_ check: String) throws -> [ReceiverLine] {
        try Shared.receiver().wait { $0.pinged == check }
    }

    @Test("all is well: the address itself is asked for")
    func well() async throws {
        let told = try await onOwnThread { try monitor("well-1").tell(HeartbeatVerdict()) }

        #expect(told == nil)
        #expect(try pings("well-1").map(\.failing) == [false])
    }

    @Test("it is not: the reasons go to /fail, one in a line", arguments: ["fail-1", "fail-2/"])
    func failing(check: String) async throws {
        let verdict = HeartbeatVerdict(reasons: ["nobody_reachable 1: sos-r1-1", "not_recording"])

        let told = try await onOwnThread { try monitor(check).tell(verdict) }

        #expect(told == nil)
        let ping = try #require(try pings(check.replacing("/", with: "")).first)
        #expect(ping.failing == true)
        #expect(ping.reasons == "nobody_reachable 1: sos-r1-1\nnot_recording")
    }

    @Test(
        "what is not a monitor's yes was not told, and the words do not show the address",
        arguments: [
            (.status(500), "answered 500"), (.portal, "answered with a web page"), (.redirect(302), "answered 302"),
            (.reset, "closed the connection"),
        ] as [(Receiver.Behaviour, String)])
    func notTold(behaviour: Receiver.Behaviour, words: String) async throws {
        let check = "no-\(words.count)"
        try Shared.receiver().misbehave(behaviour, at: "/ping/\(check)")

        let told = try await onOwnThread { try monitor(check).tell(HeartbeatVerdict()) }

        #expect(told?.contains(words) == true)
        #expect(told?.contains(check) == false)
    }

    @Test("a check that does not exist was not told")
    func unknownCheck() async throws {
        let told = try await onOwnThread { try monitor("a b").tell(HeartbeatVerdict()) }

        #expect(told?.contains("space") == true)
    }

    @Test(
        "an address that cannot be told is named without showing it",
        arguments: ["hc-ping.com/secret", "ftp://h/secret", "https://h/api/push/secret?status=up", "https://h/a secret"])
    func faults(address: String) {
        let fault = HeartbeatMonitor.fault(in: address)

        #expect(fault != nil)
        #expect(fault?.contains("secret") == false)
        #expect(HeartbeatMonitor.fault(in: "https://hc-ping.com/secret") == nil)
    }
}
