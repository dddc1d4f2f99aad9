internal import VigilCore

/// Publishes one action and waits for the site's word that it was done.
///
/// Done means: the broker took it and, where the action has an acknowledgement, that was heard in time. Everything else is tried again for as
/// long as the alert needs it: a broker that refuses today may have its access list mended tomorrow.
struct MQTTActionSender: DeliverySender {
    let action: MQTTAction
    let publish: @Sendable (MQTTPublication) -> MQTTPublishResult
    let acknowledgements: Acknowledgements

    func send(_ delivery: Delivery) -> DeliveryOutcome {
        guard let payload = delivery.purpose == .release ? action.release : action.payload else {
            return .permanent(reason: "the action has no release any more")
        }
        // Awaited before it can be given: a device may be faster than its broker. What ends an action is not acknowledged.
        let expectation = delivery.purpose == .act ? action.acknowledgement.map { acknowledgements.expect($0, on: action.broker) } : nil
        defer { if let expectation { acknowledgements.forget(expectation) } }
        let publication = MQTTPublication(
            broker: action.broker, topic: action.topic, payload: Array(payload.utf8), qos: action.qos)
        switch publish(publication) {
        case .unreachable(let reason, let cause): return .retryable(reason: reason, after: nil, cause: cause)
        case .refused(let reason): return .retryable(reason: reason, after: nil, cause: .refused)
        case .acknowledged: break
        }
        guard let expectation, !expectation.wait(for: action.timeout) else { return .delivered }
        return .retryable(
            reason: "not acknowledged on \(expectation.acknowledgement.topic) within \(action.timeout.text)", after: nil,
            cause: .timeout)
    }
}
