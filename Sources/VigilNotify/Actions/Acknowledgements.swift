internal import Dispatch
internal import Synchronization
public import VigilCore

/// Where the acknowledgements of actions come in, and whoever waits for one.
public final class Acknowledgements: Sendable {
    /// Somebody waits for an acknowledgement.
    final class Expectation: Sendable {
        let acknowledgement: MQTTAction.Acknowledgement
        fileprivate let broker: SourceID
        private let given = DispatchSemaphore(value: 0)

        fileprivate init(_ acknowledgement: MQTTAction.Acknowledgement, on broker: SourceID) {
            self.acknowledgement = acknowledgement
            self.broker = broker
        }

        fileprivate func give() { given.signal() }

        /// Blocks until it is given, or the time is over; false then.
        func wait(for limit: Milliseconds) -> Bool {
            given.wait(timeout: .now() + .milliseconds(Int(clamping: limit.rawValue))) == .success
        }
    }

    private let expectations = Mutex<[Expectation]>([])

    public init() {}

    func expect(_ acknowledgement: MQTTAction.Acknowledgement, on broker: SourceID) -> Expectation {
        let expectation = Expectation(acknowledgement, on: broker)
        expectations.withLock { $0.append(expectation) }
        return expectation
    }

    func forget(_ expectation: Expectation) { expectations.withLock { $0.removeAll { $0 === expectation } } }

    /// A message was published on a broker just now. What a broker had kept is none: it says what was before the action.
    public func take(topic: String, payload: [UInt8], on broker: SourceID) {
        let waiting = expectations.withLock { $0 }
        for expectation in waiting where expectation.broker == broker && expectation.acknowledgement.isGiven(by: topic, payload) {
            expectation.give()
        }
    }
}
