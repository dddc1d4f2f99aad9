import Testing

@testable import VigilCore

struct MessagePaceTests {
    private let start = EngineTime(1_000_000)
    private var pace = MessagePace()

    private func group(
        _ kind: AlertKind = "smoke", _ severity: Severity = .red, _ purpose: Delivery.Purpose = .notify,
        to contact: ContactID = "officer"
    ) -> MessageGroup {
        MessageGroup(contact: contact, channel: "push", kind: kind, purpose: purpose, severity: severity, isDrill: false)
    }

    /// Lets one of a group out.
    ///
    /// - Parameter retryAt: when it is tried again; nil when it arrived.
    private mutating func send(
        _ id: String, _ group: MessageGroup, about alert: AlertID = "a", at time: EngineTime, isDigest: Bool = false,
        retryAt: EngineTime? = nil
    ) {
        let message = Message(
            language: .english, title: "t", body: "b", alert: alert, kind: group.kind, severity: group.severity, purpose: group.purpose,
            isAcceptable: false, contact: group.contact)
        pace.note(
            Delivery(
                id: DeliveryID(id), alert: alert, notice: 1, purpose: isDigest ? .digest : group.purpose, step: 0, round: 0,
                contact: group.contact, channel: "push", address: "x", method: 0, severity: group.severity, message: message,
                state: retryAt == nil ? .delivered : .ready,
                createdAt: time, dueAt: retryAt ?? time, lease: 0, lastFailure: retryAt.map { _ in "busy" },
                expiresAt: time + .hours(24), admittedAt: time))
    }

    /// Sends at the earliest moment each time, digests after the third; when each went after the first.
    private mutating func flood(_ group: MessageGroup, for length: Milliseconds) -> [Milliseconds] {
        var times: [Milliseconds] = []
        var now = start
        while now - start < length {
            let alert = AlertID("\(group.kind)-\(times.count)")
            if let later = pace.earliest(for: group, about: alert, at: now) {
                now = later
                continue
            }
            send(alert.rawValue, group, about: alert, at: now, isDigest: times.count >= MessagePace.singles)
            times.append(now - start)
        }
        return times
    }

    @Test("three of a kind go one by one, and what comes then is gathered for seconds first and for longer later")
    mutating func flood() {
        let times = flood(group(), for: .minutes(10))

        #expect(times.map(\.text) == ["0s", "0s", "0s", "4s", "8s", "12s", "42s", "102s", "222s", "462s"])
    }

    @Test("no ten minutes hold more than ten messages, however long it goes on")
    mutating func cap() {
        let times = flood(group(), for: .hours(6))

        for time in times {
            #expect(times.filter { $0 >= time && $0 - time < .minutes(10) }.count <= 10)
        }
        #expect(times.count > 100)
    }

    @Test("what is tried again only after the night leaves those that were sent counted")
    mutating func retryAfterTheNight() {
        for number in 0..<6 { send("\(number)", group(AlertKind("kind\(number)"), .yellow), at: start) }
        send("late", group("roster_gap", .yellow, .closed), at: start, retryAt: start + .hours(6))

        #expect(pace.earliest(for: group("door", .yellow), about: "new", at: start + .seconds(1)) == start + .minutes(10))
    }

    @Test("what was leased again and taken back counts from its latest lease, as it did before the restart")
    mutating func takenBack() {
        for number in 0..<5 { send("\(number)", group(AlertKind("kind\(number)"), .yellow), at: start + .minutes(9)) }
        send("back", group("kind5", .yellow), at: start + .minutes(9), retryAt: start)

        #expect(pace.earliest(for: group("door", .yellow), about: "new", at: start + .minutes(11)) == start + .minutes(19))
    }

    @Test("the first red message of another kind goes at once, whatever was sent before")
    mutating func anotherKind() {
        _ = flood(group(), for: .minutes(10))

        #expect(pace.earliest(for: group("fall"), about: "new", at: start + .minutes(9)) == nil)
        #expect(pace.earliest(for: group("smoke"), about: "new", at: start + .minutes(9)) != nil)
    }

    @Test("what is not red leaves four of ten to red, to its calls and to the news that somebody has it")
    mutating func reserve() {
        for number in 0..<6 { send("\(number)", group(AlertKind("kind\(number)"), .yellow), at: start) }

        #expect(pace.earliest(for: group("late", .yellow), about: "new", at: start) == start + .minutes(10))
        #expect(pace.earliest(for: group("late", .yellow, .taken), about: "new", at: start) == start + .minutes(10))
        #expect(pace.earliest(for: group("smoke", .red, .taken), about: "new", at: start) == nil)
        #expect(pace.earliest(for: group("smoke"), about: "new", at: start) == nil)
    }

    @Test("what calls again leaves two of ten to the news that somebody has it, and that it is over")
    mutating func newsReserve() {
        for number in 0..<8 { send("\(number)", group("sos"), about: "r1", at: start + .minutes(Int64(number))) }
        let now = start + .minutes(9)

        #expect(pace.earliest(for: group("sos"), about: "r1", at: now) == start + .minutes(10))
        #expect(pace.earliest(for: group("sos", .red, .taken), about: "r1", at: now) == nil)
        send("taken", group("sos", .red, .taken), about: "r1", at: now)
        #expect(pace.earliest(for: group("sos", .red, .closed), about: "r1", at: now) == nil)
        send("closed", group("sos", .red, .closed), about: "r1", at: now)
        #expect(pace.earliest(for: group("sos", .red, .taken), about: "r1", at: now) == start + .minutes(10))
    }

    @Test("news of red leaves four of ten to those that somebody is needed for")
    mutating func newsShare() {
        for number in 0..<6 { send("\(number)", group(AlertKind("kind\(number)"), .red, .taken), at: start) }

        #expect(pace.earliest(for: group("late", .red, .taken), about: "new", at: start) == start + .minutes(10))
        #expect(pace.earliest(for: group("sos"), about: "r1", at: start) == nil)
    }

    @Test("without a window every alert goes by itself")
    mutating func off() {
        pace.cap.within = .zero
        for number in 0..<20 { send("\(number)", group(), about: AlertID("a\(number)"), at: start) }

        #expect(pace.earliest(for: group(), about: "new", at: start) == nil)
        #expect(pace.takesSingly(20, of: group(), at: start))
    }

    @Test("other people's messages count for nothing")
    mutating func perPerson() {
        _ = flood(group(), for: .minutes(1))

        #expect(pace.earliest(for: group(to: "desk"), about: "new", at: start + .seconds(10)) == nil)
    }

    @Test("what reached nobody counts for nothing")
    mutating func forgets() {
        for number in 0..<3 { send("\(number)", group(), about: AlertID("a\(number)"), at: start) }
        let message = Message(
            language: .english, title: "t", body: "b", alert: "a", kind: "smoke", severity: .red, purpose: .notify, isAcceptable: false,
            contact: "officer")
        let failed = Delivery(
            id: "2", alert: "a2", notice: 1, purpose: .notify, step: 0, round: 0, contact: "officer", channel: "push", address: "x",
            method: 0,
            severity: .red, message: message, state: .failed, createdAt: start, dueAt: start, lease: 1, expiresAt: start,
            admittedAt: start)
        #expect(pace.earliest(for: group(), about: "new", at: start) != nil)

        pace.forget(failed)

        #expect(pace.earliest(for: group(), about: "new", at: start) == nil)
    }

    @Test("a device that cries without end uses up the cap, and keeps nobody else's first call waiting")
    mutating func crying() {
        for number in 0..<10 { send("\(number)", group("sos"), about: "r1", at: start) }

        #expect(pace.earliest(for: group("sos"), about: "r1", at: start + .seconds(1)) == start + .minutes(10))
        #expect(pace.earliest(for: group("sos"), about: "r2", at: start + .seconds(1)) == nil)
    }

    @Test("alerts of a kind that trickle in are told together from the sixth within ten minutes")
    mutating func trickle() {
        for number in 0..<5 { send("\(number)", group(), about: AlertID("a\(number)"), at: start + .minutes(Int64(number))) }

        #expect(pace.earliest(for: group(), about: "a5", at: start + .minutes(4)) == start + .minutes(4) + .seconds(4))
    }

    @Test("an alert that was told as yellow and becomes red goes at once, whatever was sent before")
    mutating func rise() {
        send("yellow", group("heart_rate", .yellow), about: "r1", at: start)
        for number in 0..<10 { send("\(number)", group("sos"), about: "r2", at: start) }

        #expect(pace.earliest(for: group("heart_rate"), about: "r1", at: start + .seconds(1)) == nil)
        send("red", group("heart_rate"), about: "r1", at: start + .seconds(1))
        #expect(pace.earliest(for: group("heart_rate"), about: "r1", at: start + .seconds(2)) != nil)
    }

    @Test("the first red message since people are asked anew goes at once, and the next ones count as ever")
    mutating func askedAnew() {
        for number in 0..<10 { send("\(number)", group("sos"), about: "r1", at: start) }
        let askedAnewAt = start + .minutes(1)

        #expect(pace.earliest(for: group("sos"), about: "r1", askedAnewAt: askedAnewAt, at: askedAnewAt) == nil)
        send("again", group("sos"), about: "r1", at: askedAnewAt)
        #expect(pace.earliest(for: group("sos"), about: "r1", askedAnewAt: askedAnewAt, at: askedAnewAt) != nil)
    }
}
