import Testing

@testable import VigilCore

struct DeadlineQueueTests {
    @Test("owners surface in order of time, then of name")
    func order() {
        var queue = DeadlineQueue<String>()
        for (owner, due) in [("c", 20), ("b", 10), ("a", 20)] { queue.schedule(owner, at: EngineTime(Int64(due))) }

        var surfaced: [String] = []
        while let (owner, _) = queue.popDue(at: EngineTime(20)) { surfaced.append(owner) }

        #expect(surfaced == ["b", "a", "c"])
    }

    @Test("nothing surfaces before its time")
    func early() {
        var queue = DeadlineQueue<String>()
        queue.schedule("a", at: EngineTime(10))

        let surfaced = queue.popDue(at: EngineTime(9))

        #expect(surfaced == nil)
        #expect(queue.next == EngineTime(10))
    }

    @Test("an owner that is queued earlier again surfaces once, at the earlier time")
    func movedEarlier() {
        var queue = DeadlineQueue<String>()
        queue.schedule("a", at: EngineTime(30))
        queue.schedule("a", at: EngineTime(10))

        let surfaced = [queue.popDue(at: EngineTime(100)), queue.popDue(at: EngineTime(100))]

        #expect(surfaced.map { $0?.due } == [EngineTime(10), nil])
    }

    @Test("an owner that is queued later surfaces at the earlier time that it was queued for")
    func movedLater() {
        var queue = DeadlineQueue<String>()
        queue.schedule("a", at: EngineTime(10))
        queue.schedule("a", at: EngineTime(30))

        let surfaced = queue.popDue(at: EngineTime(10))

        #expect(surfaced?.owner == "a")
        #expect(queue.next == nil)
    }

    @Test("an owner that is queued again at a time that it once left behind surfaces once")
    func staleEntry() {
        var queue = DeadlineQueue<String>()
        queue.schedule("a", at: EngineTime(30))
        queue.schedule("a", at: EngineTime(10))
        _ = queue.popDue(at: EngineTime(10))
        queue.schedule("a", at: EngineTime(30))

        var count = 0
        while queue.popDue(at: EngineTime(30)) != nil { count += 1 }

        #expect(count == 1)
    }

    @Test("an emptied queue knows of nothing")
    func removeAll() {
        var queue = DeadlineQueue<String>()
        queue.schedule("a", at: EngineTime(30))

        queue.removeAll()

        let surfaced = queue.popDue(at: EngineTime(99))

        #expect(queue.next == nil)
        #expect(surfaced == nil)
    }
}
