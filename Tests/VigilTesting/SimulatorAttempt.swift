import VigilCore

/// One try at a delivery.
struct SimulatorAttempt: Hashable {
    let delivery: DeliveryID
    let lease: Int
}
