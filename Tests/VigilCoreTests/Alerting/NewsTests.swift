import Testing
import VigilCore
import VigilTesting

/// Who was called hears at once that somebody has it, however often they were called (`alert-lifecycle.md`, section 5).
struct NewsTests {
    private let id: AlertID = "sos-r1-1"

    /// A call for help that is repeated every minute and that nobody takes, for so long; everything arrives.
    private func called(for length: Milliseconds, every pause: Milliseconds = .minutes(1)) -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.policies[0].repeatEvery = pause
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("button1", "sos=true")
        pass(length, &script)
        return script
    }

    private func pass(_ length: Milliseconds, _ script: inout EngineScript) {
        let end = script.time + length
        while script.time < end {
            script.deliverAll()
            script.wait(min(.seconds(5), end - script.time))
        }
        script.deliverAll()
    }

    /// When each message was let out to somebody that arrived.
    private func arrivals(_ script: EngineScript, of contact: ContactID) -> [EngineTime] {
        script.deliveries.filter { $0.contact == contact && $0.state == .delivered }.compactMap(\.admittedAt).sorted()
    }

    private func checkCap(_ script: EngineScript) {
        for contact in SmallCommunity.contacts.map(\.id) {
            let times = arrivals(script, of: contact)
            for time in times {
                let count = times.filter { $0 >= time && $0 - time < .minutes(10) }.count
                #expect(count <= 10, "\(contact) gets \(count) in ten minutes")
            }
        }
    }

    @Test(
        "called every minute or every 20 s, taken in any minute: everybody who was told hears it within 5 s, and the cap holds",
        arguments: [1, 3, 6, 8, 9, 10, 12, 15, 19] as [Int64], [20, 60] as [Int64])
    func taken(minute: Int64, pause: Int64) throws {
        var script = called(for: .minutes(minute), every: .seconds(pause))
        let told = Set(script.alert(id)?.told ?? [])
        let takenAt = script.time
        script.act(.accept(id), by: "second")
        pass(.seconds(5), &script)
        let news = script.deliveries.filter { $0.purpose == .taken && $0.state == .delivered }
        script.act(.close(id, outcome: .sos_real, note: ""), by: "second")
        let closedAt = script.time
        pass(.seconds(5), &script)
        let end = script.deliveries.filter { $0.purpose == .closed && $0.state == .delivered }

        #expect(Set(news.map(\.contact)) == told.subtracting(["second"]))
        #expect(news.allSatisfy { ($0.admittedAt ?? .distantFuture) - takenAt <= .seconds(5) })
        #expect(Set(end.map(\.contact)).isSuperset(of: news.map(\.contact)))
        #expect(end.allSatisfy { ($0.admittedAt ?? .distantFuture) - closedAt <= .seconds(5) })
        pass(.minutes(10), &script)
        checkCap(script)
    }

    @Test("repeated every minute for twenty, nobody gets more than ten messages in ten minutes, and the calls go on")
    func repeats() {
        let script = called(for: .minutes(20))

        checkCap(script)
        let calls = arrivals(script, of: "officer")
        #expect(calls.count >= 14)
        // Nobody is left without a call for long.
        for (one, next) in zip(calls, calls.dropFirst()) { #expect(next - one <= .minutes(5)) }
    }
}

extension EngineTime {
    fileprivate static let distantFuture = EngineTime(.max / 2)
}
