import Dispatch
import ServiceLifecycle
import VigilCore
import VigilNotify
import VigilStore

/// A worker for each channel and each action; they share nothing.
final class DeliveryFleet: Service {
    private let workers: [ChannelID: DeliveryWorker]

    init(channels: [ChannelFactory], inbox: Inbox) {
        workers = Dictionary(
            uniqueKeysWithValues: channels.map { channel in
                let worker = DeliveryWorker(
                    channel, onSent: { _ in Failpoint.afterSendBeforeSettle.pass() },
                    onResult: { inbox.put(.input(.deliveryResult($0))) })
                return (channel.id, worker)
            })
    }

    func submit(_ delivery: Delivery, isRecorded: Bool) {
        Failpoint.beforeSend.pass()
        workers[delivery.channel]?.submit(delivery, isRecorded: isRecorded)
    }

    func withdraw(_ id: DeliveryID) {
        for worker in workers.values { worker.withdraw([id]) }
    }

    func run() async throws {
        for worker in workers.values { worker.start() }
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        for worker in workers.values { worker.beginStop() }
        let deadline = DispatchTime.now() + .seconds(10)
        for worker in workers.values { worker.finishStop(by: deadline) }
    }
}
