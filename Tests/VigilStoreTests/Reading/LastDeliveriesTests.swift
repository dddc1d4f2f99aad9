import Testing
import VigilCore

@testable import VigilStore

/// What `vigil cover` knows of the ways to people.
@Suite struct LastDeliveriesTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory)
    }

    private func commit(_ contact: ContactID, _ state: Delivery.State, at seconds: Int64, failure: String? = nil) async throws {
        let alert = Samples.alert()
        var delivery = Samples.delivery(alert, contact: contact, state: state)
        delivery.id = DeliveryID("\(contact)/\(seconds)")
        delivery.admittedAt = Samples.start + .seconds(seconds)
        delivery.lastFailure = failure
        var turn = Turn()
        turn.alerts = [alert]
        turn.deliveries = [delivery]
        try await store.commit(turn)
    }

    @Test(
        "a message that fails and is still tried, or was taken back meanwhile, did not arrive",
        arguments: [Delivery.State.ready, .sending, .failed, .withdrawn])
    func failing(_ state: Delivery.State) async throws {
        try await commit("officer", .delivered, at: 1)
        try await commit("officer", state, at: 2, failure: "connection refused")

        let last = try await store.reader.lastDeliveries()

        #expect(last.map(\.failedAt) == [Samples.start + .seconds(2)])
        #expect(last.map(\.deliveredAt) == [Samples.start + .seconds(1)])
        #expect(last.map(\.address) == ["http://127.0.0.1/"])
    }

    @Test("what is on its way for the first time says nothing yet")
    func underWay() async throws {
        try await commit("officer", .sending, at: 1)

        #expect(try await store.reader.lastDeliveries().isEmpty)
    }
}
