/// Everyone who is not protected as they should be now, those whom nobody hears at all first.
public struct BlindList: Codable, Hashable, Sendable {
    public var residents: [BlindReport]

    public init(residents: [BlindReport]) { self.residents = residents }
}
