import Logging
import Testing
import VigilCore
import VigilTesting

@testable import VigilIngest

/// A listener for watches over real sockets. Each has a port of its own.
struct WatchSourceTests {
    private static let lk = "[3G*8800000015*000D*LK,50,100,100]"
    private static let alarm = "[3G*8800000015*0058*AL,120125,145602,V,0.0,N,0.0,E,0,0,0,0,1,80,0,0,00010000,0,0]"

    private final class House: Sendable {
        let source: WatchSource
        let port: Int
        private let state = WatchedState(Listener.Heard())

        init(_ change: (inout WatchListenerConfiguration) -> Void = { _ in }) throws {
            port = try freePort()
            var configuration = WatchListenerConfiguration(
                id: "watches", address: try #require(SocketAddress("127.0.0.1:\(port)")))
            change(&configuration)
            let state = state
            source = WatchSource(
                configuration: configuration, handler: { event in state.update { $0.note(event) } },
                logger: Logger(label: "watches") { _ in SwiftLogNoOpLogHandler() })
            source.start()
            try #require(wait { $0.events.contains("connected") })
        }

        deinit { source.stop() }

        var heard: Listener.Heard { state.value }

        func wait(for holds: (Listener.Heard) -> Bool) -> Bool { state.wait(for: holds) }

        func waitForFrames(_ count: Int) -> Bool { wait { $0.frames.count >= count } }

        /// As the gateway does once everything is stored.
        func store() throws {
            let before = heard.held.count
            source.hold()
            try #require(wait { $0.held.count > before })
            source.release()
        }
    }

    @Test("frames have the topic of their watch, and are answered when they are stored and not before")
    func answersAfterTheRelease() throws {
        let house = try House()
        let watch = try WatchClient(port: house.port)

        watch.send(Self.lk + Self.alarm)
        try #require(house.waitForFrames(2))
        let early = watch.hasAnswer
        try house.store()

        #expect(!early)
        #expect(watch.answer() == "[3G*8800000015*0002*LK]")
        #expect(watch.answer() == "[3G*8800000015*0002*AL]")
        #expect(house.heard.frames.map(\.topic) == ["3g-watch/8800000015", "3g-watch/8800000015"])
        #expect(house.heard.texts == [Self.lk, Self.alarm])
        #expect(house.wait { $0.confirmed == 2 })
    }

    @Test("while it is held nothing is read, and what was sent meanwhile is answered by the next release")
    func hold() throws {
        let house = try House()
        let watch = try WatchClient(port: house.port)
        watch.send(Self.lk)
        try #require(house.waitForFrames(1))

        house.source.hold()
        try #require(house.wait { $0.held == [1] })
        watch.send(Self.alarm)
        house.source.release()

        #expect(watch.answer() == "[3G*8800000015*0002*LK]")
        try #require(house.waitForFrames(2))
        #expect(!watch.hasAnswer)
        try house.store()
        #expect(watch.answer() == "[3G*8800000015*0002*AL]")
    }

    @Test("a connection that ends takes its unanswered frames with it, and harms nobody")
    func hangUp() throws {
        let house = try House()
        let other = try WatchClient(port: house.port)
        do {
            let watch = try WatchClient(port: house.port)
            watch.send(Self.alarm)
            try #require(house.waitForFrames(1))
        }
        other.send(Self.lk)
        try #require(house.waitForFrames(2))

        try house.store()

        #expect(other.answer() == "[3G*8800000015*0002*LK]")
    }

    @Test("where nothing can be stored heartbeats are answered and alarms are not, until something can be again")
    func unreleased() throws {
        let house = try House()
        let watch = try WatchClient(port: house.port)
        watch.send(Self.alarm)
        try #require(house.waitForFrames(1))

        house.source.readOn()
        // A heartbeat that is read before the order is obeyed goes unanswered; the next one does not.
        repeat {
            let before = house.heard.frames.count
            watch.send(Self.lk)
            try #require(house.waitForFrames(before + 1))
        } while !watch.hasAnswer
        #expect(watch.answer() == "[3G*8800000015*0002*LK]")
        let before = house.heard.frames.count
        watch.send(Self.alarm)
        try #require(house.waitForFrames(before + 1))
        try house.store()
        let isAnswered = watch.hasAnswer

        watch.send(Self.alarm)
        try #require(house.waitForFrames(before + 2))
        try house.store()

        #expect(!isAnswered)
        #expect(watch.answer() == "[3G*8800000015*0002*AL]")
        #expect(!watch.hasAnswer)
    }

    @Test("whoever is no watch, and whoever begins a frame and does not end it, is sent away")
    func strangers() throws {
        let house = try House { $0.patience = Milliseconds(200) }
        let browser = try WatchClient(port: house.port)
        browser.send("GET / HTTP/1.1\r\n\r\n")
        let slow = try WatchClient(port: house.port)
        slow.send(Self.lk + "[3G*8800000015*00")

        #expect(browser.waitUntilClosed())
        #expect(slow.waitUntilClosed())
        #expect(house.heard.texts == [Self.lk])
    }

    @Test("a watch that says nothing for too long is let go")
    func idle() throws {
        let house = try House { $0.idleTimeout = Milliseconds(200) }
        let watch = try WatchClient(port: house.port)
        watch.send(Self.lk)

        #expect(watch.waitUntilClosed())
        #expect(house.heard.texts == [Self.lk])
    }

    @Test("where there are too many, whoever never spoke makes room before a watch does")
    func tooMany() throws {
        let house = try House { $0.maximumConnections = 2 }
        let watch = try WatchClient(port: house.port)
        watch.send(Self.lk)
        try #require(house.waitForFrames(1))
        let silent = try WatchClient(port: house.port)
        let third = try WatchClient(port: house.port)
        third.send(Self.alarm)

        #expect(silent.waitUntilClosed())
        try #require(house.waitForFrames(2))
        try house.store()
        #expect(watch.answer() == "[3G*8800000015*0002*LK]")
        #expect(third.answer() == "[3G*8800000015*0002*AL]")
    }

    @Test("it tells how far it heard, and that it cannot listen")
    func health() throws {
        let house = try House()
        #expect(house.wait { !$0.heardUntil.isEmpty })

        let state = WatchedState(Listener.Heard())
        let second = WatchSource(
            configuration: WatchListenerConfiguration(id: "second", address: try #require(SocketAddress("127.0.0.1:\(house.port)"))),
            handler: { event in state.update { $0.note(event) } }, logger: Logger(label: "watches") { _ in SwiftLogNoOpLogHandler() })
        second.start()
        defer { second.stop() }

        #expect(state.wait { $0.events == ["disconnected"] })
        #expect(state.value.reasons == ["cannot bind 127.0.0.1:\(house.port): Address already in use"])
    }

    @Test(
        "only numeric addresses with a port are addresses",
        arguments: ["10.8.0.1:8001", "0.0.0.0:1", "[fd00::1]:8001", "[::]:65535"])
    func addresses(text: String) {
        #expect(SocketAddress(text)?.description == text)
    }

    @Test(
        "what is none is refused",
        arguments: [
            "localhost:8001", "10.8.0.1", "10.8.0.1:0", "10.8.0.1:65536", "fd00::1:8001", "[10.8.0.1]:80", "10.8.0:80", ":80", "",
        ])
    func noAddresses(text: String) {
        #expect(SocketAddress(text) == nil)
    }
}
