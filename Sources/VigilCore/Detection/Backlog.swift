/// The first of a device's words to one effect, to tell how long that has gone on where they were kept on the way and arrive at once.
///
/// Between two arrivals less time may pass than between what they tell of. By how much is in the device's claims, and in how far each was
/// behind its clock's measure. The lesser of the two counts: a clock that is set, or measured anew, makes no time pass.
struct Backlog: Codable, Hashable, Sendable {
    private let device: DeviceID
    private let at: EngineTime
    private let claim: EventTime
    private let lag: Milliseconds

    /// nil where the device does not say when.
    init?(_ reading: Reading) {
        guard let claim = reading.observation.eventTime else { return nil }
        device = reading.device
        at = reading.at
        self.claim = claim
        lag = reading.lag
    }

    /// How much more time passed between what was told than between the two arrivals.
    func madeUp(by reading: Reading) -> Milliseconds {
        guard reading.device == device, let later = reading.observation.eventTime else { return .zero }
        let claimed = Milliseconds(saturatingDifference(later.rawValue, claim.rawValue)) - (reading.at - at)
        return max(.zero, min(claimed, lag - reading.lag))
    }
}
