import Synchronization

/// A port that is known later.
final class PortBox: Sendable {
    private let value = Atomic(0)

    var number: Int {
        get { value.load(ordering: .relaxed) }
        set { value.store(newValue, ordering: .relaxed) }
    }
}
