import Testing
import VigilCore

@testable import VigilStore

/// What is announced stands until it is withdrawn, also over a restart.
@Suite struct AnnouncementTableTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory) { $0.announcementLimit = 3 }
    }

    private static func announcement(_ number: Int64, model: String? = nil) -> Announcement {
        Announcement(
            topic: "homeassistant/\(number)/config", address: DeviceAddress(dialect: "vigil", name: "band-\(number)"), model: model,
            readings: [Announcement.Reading(kind: .smoke, deviceClass: "smoke", topic: "t/\(number)", field: "smoke", on: "true")])
    }

    private func commit(_ changes: [AnnouncementChange]) async throws {
        var turn = Turn()
        turn.announcements = changes
        try await store.commit(turn)
    }

    @Test("an entry reads back whole, and the later one on its topic takes its place")
    func replaced() async throws {
        try await commit([.made(Self.announcement(1)), .made(Self.announcement(2)), .made(Self.announcement(1, model: "B"))])

        #expect(try await store.reader.announcements() == [Self.announcement(1, model: "B"), Self.announcement(2)])
    }

    @Test("what is withdrawn or useless is gone, whoever remembers it")
    func withdrawn() async throws {
        try await commit([.made(Self.announcement(1)), .made(Self.announcement(2))])

        try await commit([.withdrawn(topic: Self.announcement(1).topic), .useless(topic: Self.announcement(2).topic)])

        #expect(try await store.reader.announcements().isEmpty)
    }

    @Test("a flood pushes nothing out")
    func flood() async throws {
        try await commit((1...100).map { .made(Self.announcement($0)) } + [.made(Self.announcement(1, model: "B"))])

        #expect(
            try await store.reader.announcements()
                == [Self.announcement(1, model: "B"), Self.announcement(2), Self.announcement(3)])
    }

    @Test("a device that the new registry knows is announced no more")
    func claimed() async throws {
        try await commit([.made(Self.announcement(1)), .made(Self.announcement(2))])
        var turn = Turn()
        turn.journal = [StampedInput(sequence: 1, at: Samples.start, input: .registryChange(Samples.registry))]

        try await store.commit(turn)

        #expect(try await store.reader.announcements() == [Self.announcement(2)])
    }
}
