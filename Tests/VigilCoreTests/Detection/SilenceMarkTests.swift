import Testing

@testable import VigilCore

struct SilenceMarkTests {
    private let start = EngineTime(1_000_000)

    private func heard(_ ids: [SourceID], for length: Milliseconds) -> Hearing {
        var hearing = Hearing()
        for id in ids {
            hearing.up(id, at: start)
            hearing.heard(id, until: start + length)
        }
        return hearing
    }

    @Test("silence is as long as the source was heard since the sign")
    func lasting() {
        var hearing = heard(["a"], for: .hours(1))
        let mark = SilenceMark(at: start + .hours(1), source: "a", hearing: hearing)

        hearing.heard("a", until: start + .hours(4))

        #expect(mark.silence(in: hearing) == .lasting(.hours(3)))
    }

    @Test("a source that the person was heard on and that is down makes it unknown")
    func deaf() {
        var hearing = heard(["a", "b"], for: .hours(1))
        var mark = SilenceMark(at: start, source: "a", hearing: hearing)
        mark.reset(at: start, source: "b", hearing: hearing)

        hearing.down("b")

        #expect(mark.silence(in: hearing) == .deaf)
    }

    @Test("a source that the person was never heard on may be down")
    func otherSourceDown() {
        var hearing = heard(["a", "b"], for: .hours(1))
        let mark = SilenceMark(at: start, source: "a", hearing: hearing)

        hearing.down("b")

        #expect(mark.silence(in: hearing) != .deaf)
    }

    @Test("where nothing was ever heard, every source counts")
    func anywhere() {
        var hearing = heard(["a", "b"], for: .hours(1))
        let mark = SilenceMark(at: start, source: nil, hearing: Hearing())
        #expect(mark.silence(in: hearing) == .lasting(.hours(1)))

        hearing.down("b")

        #expect(mark.silence(in: hearing) == .deaf)
    }

    @Test("where there is no source at all, it is unknown")
    func noSource() { #expect(SilenceMark(at: start, source: nil, hearing: Hearing()).silence(in: Hearing()) == .deaf) }

    @Test("a source that came back is waited for")
    func unsettled() {
        var hearing = heard(["a"], for: .hours(1))
        let mark = SilenceMark(at: start, source: "a", hearing: hearing)
        hearing.down("a")

        hearing.up("a", at: start + .hours(2))

        #expect(mark.silence(in: hearing) == .unsettled(Hearing.grace))
    }

    @Test("a sign of no source, a visit, begins anew on every source")
    func visit() {
        var hearing = heard(["a"], for: .hours(1))
        var mark = SilenceMark(at: start, source: "a", hearing: hearing)
        hearing.heard("a", until: start + .hours(6))

        mark.reset(at: start + .hours(6), source: nil, hearing: hearing)

        #expect(mark.silence(in: hearing) == .lasting(.zero))
    }

    @Test("a mark reads back from a snapshot")
    func coding() throws {
        let mark = SilenceMark(at: start, source: "a", hearing: heard(["a"], for: .hours(1)))

        #expect(try SnapshotCoding.roundTrip(mark) == mark)
    }
}
