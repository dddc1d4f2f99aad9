public import VigilCore

/// Why: the reading, and one plain sentence.
public struct EvidenceReport: Codable, Hashable, Sendable {
    public var at: WallTime
    public var device: DeviceID?
    public var observation: ObservationKind?
    public var value: ObservationValue?
    public var isFoundOnConnect: Bool
    /// When it happened, where it arrived late.
    public var happenedAt: WallTime?
    public var sentence: LocalizedText

    public init(_ evidence: Evidence, clock: ClockReading) {
        at = clock.wall(at: evidence.at)
        device = evidence.device
        observation = evidence.observation
        value = evidence.value
        isFoundOnConnect = evidence.isFoundOnConnect
        happenedAt = evidence.happenedAt.map { clock.wall(at: $0) }
        sentence = evidence.sentence
    }

    enum CodingKeys: String, CodingKey {
        case at, device, observation, value
        case isFoundOnConnect = "found_on_connect"
        case happenedAt = "happened_at"
        case sentence
    }
}
