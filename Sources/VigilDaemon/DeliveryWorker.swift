internal import Dispatch
internal import Foundation
internal import Synchronization
public import VigilCore
public import VigilNotify

/// Sends one channel's leased deliveries, on as many threads as the channel has slots; each thread has an instance of the channel.
///
/// It decides nothing: the engine leased what is submitted, and hears what became of it. Channels share nothing, so one that blocks delays
/// no other. A channel has no way to throw, so none can end a thread.
public final class DeliveryWorker: Sendable {
    /// What a stop left behind.
    public struct Remainder: Sendable {
        /// Recorded, submitted and never begun; their leases run out, and they go out again after the next start.
        public var unsent: [Delivery]
        /// Still being sent when the time was over. Should one finish after all, its result is handed over as ever.
        public var running: Int
    }

    private struct State {
        var queue = DeliveryQueue()
        var running = 0
        /// Alive ones.
        var threads = 0
        /// Those that lived when the stop began.
        var threadsAtStop = 0
        var isStopping = false
    }

    private let channel: ChannelFactory
    private let onSent: @Sendable (DeliveryResult) -> Void
    private let onResult: @Sendable (DeliveryResult) -> Void
    private let state = Mutex(State())
    /// One for each submission, and one for each thread at the stop.
    private let work = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - onSent: the failpoint `afterSendBeforeSettle`: called on the sending thread once the channel has answered, before anybody else knows.
    ///   - onResult: called exactly once for every submission that was begun, on the sending thread, or withdrawn, on the withdrawing one.
    ///     Only what a stop left behind is never answered for.
    public init(
        _ channel: ChannelFactory, onSent: @escaping @Sendable (DeliveryResult) -> Void = { _ in },
        onResult: @escaping @Sendable (DeliveryResult) -> Void
    ) {
        self.channel = channel
        self.onSent = onSent
        self.onResult = onResult
    }

    /// Starts the threads; only the first call does anything.
    public func start() {
        let count = state.withLock { state in
            guard state.threads == 0, !state.isStopping else { return 0 }
            state.threads = max(1, channel.concurrency)
            return state.threads
        }
        for number in 0..<count {
            let thread = Thread { [self] in
                run()
                state.withLock { $0.threads -= 1 }
                ended.signal()
            }
            thread.name = "send-\(channel.id)-\(number)"
            thread.start()
        }
    }

    /// Takes a delivery that is leased to this channel. False after a stop: nothing will become of it under this lease.
    ///
    /// - Parameter isRecorded: the store has it; what it has not is sent even when a stop comes first.
    @discardableResult
    public func submit(_ delivery: Delivery, isRecorded: Bool = true) -> Bool {
        let isTaken = state.withLock { state in
            if !state.isStopping { state.queue.insert(delivery, isRecorded: isRecorded) }
            return !state.isStopping
        }
        if isTaken { work.signal() }
        return isTaken
    }

    /// Takes back what is not needed any more. What is named in the answer will not be sent; the others were begun before, or never
    /// submitted.
    ///
    /// Its result says that it was not sent: the slot that the lease holds is free again only when the engine has heard so.
    @discardableResult
    public func withdraw(_ ids: some Sequence<DeliveryID>) -> [DeliveryID] {
        let ids = Set(ids)
        let caught = state.withLock { $0.queue.remove(ids) }
        for delivery in caught {
            onResult(DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: nil))
        }
        return caught.map(\.id)
    }

    /// Begins no more sends, but of what nobody recorded, and waits for those that run, that long at most.
    public func stop(within limit: Milliseconds) -> Remainder {
        let unsent = beginStop()
        return Remainder(unsent: unsent, running: finishStop(by: .now() + .milliseconds(Int(clamping: limit.rawValue))))
    }

    /// The first half of a stop, which takes no time: several workers wait at the same time and not one after the other.
    ///
    /// - Returns: what is left unsent.
    @discardableResult
    func beginStop() -> [Delivery] {
        let (unsent, threads) = state.withLock { state in
            state.isStopping = true
            state.threadsAtStop = state.threads
            return (state.queue.removeRecorded(), state.threads)
        }
        for _ in 0..<threads { work.signal() }
        return unsent
    }

    /// Waits for what runs.
    ///
    /// - Returns: how much still does.
    @discardableResult
    func finishStop(by deadline: DispatchTime) -> Int {
        for _ in 0..<state.withLock({ $0.threadsAtStop }) {
            if ended.wait(timeout: deadline) == .timedOut { break }
        }
        return state.withLock { $0.running }
    }

    private func run() {
        let instance = channel.make()
        while true {
            work.wait()
            // The last look at withdrawals before the socket opens: what was withdrawn is not in the queue.
            let (delivery, isStopping) = state.withLock { state in
                let next = state.queue.next()
                if next != nil { state.running += 1 }
                return (next, state.isStopping)
            }
            guard let delivery else {
                if isStopping { return }
                continue
            }
            let result = DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: instance.send(delivery))
            onSent(result)
            onResult(result)
            state.withLock { $0.running -= 1 }
        }
    }
}
