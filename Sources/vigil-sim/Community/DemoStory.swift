/// The story of the demo: what goes wrong, where and when.
///
/// It knows nothing of the gateway: people fall and press whether anybody answers or not.
struct DemoStory {
    /// The highest number of a home that the story needs.
    static let households = 30

    private let speed: PlaySpeed

    init(speed: PlaySpeed) { self.speed = speed }

    /// What happens, in the order in which it does.
    var happenings: [Happening] {
        Self.beats.map {
            Happening(at: time($0.at), home: $0.home, deed: $0.deed, sentence: $0.sentence, isOfStory: true)
        }
    }

    /// Whether daily life still allows it: who lies on the floor does not walk about, an empty band says nothing.
    func allows(_ happening: Happening) -> Bool {
        switch happening.home {
        case Self.fallHome:
            let lying = [8_000..<30_000, 48_000..<70_000]
            return !lying.contains { (time($0.lowerBound)..<time($0.upperBound)).contains(happening.at) } || !happening.deed.isOfPerson
        case Self.silentHome:
            return !happening.deed.isOfBand || happening.at < time(14_000)
        default:
            return true
        }
    }

    private func time(_ milliseconds: Int) -> Duration { speed.scaled(.milliseconds(milliseconds)) }

    private static let fallHome = 7
    private static let pressHome = 12
    private static let fireHome = 21
    private static let silentHome = 30

    /// Milliseconds since the play began.
    private static let beats: [(at: Int, home: Int, deed: Deed, sentence: String?)] = [
        (8_000, fallHome, .bandFall, "falls in the bathroom"),
        (14_000, silentHome, .pulseMeasured(bpm: 66), "the band sends its last word: its battery is empty"),
        (18_000, pressHome, .buttonPressed, "presses the SOS button beside the bed"),
        (26_000, fireHome, .smokeBegins, "oil burns in the kitchen, the smoke alarm sounds"),
        (30_000, fallHome, .doorOpens, "somebody comes in and helps the person up"),
        (30_020, fallHome, .doorCloses, nil),
        (31_000, fireHome, .sensorBeat(.smoke), "the bridge repeats the smoke from its cache"),
        (33_000, pressHome, .bandSOS, "presses again, this time on the band"),
        (37_000, fireHome, .sensorBeat(.smoke), "the bridge repeats the smoke from its cache"),
        (43_000, fireHome, .sensorBeat(.smoke), nil),
        (48_000, fallHome, .bandFall, "falls again, on the way to the kitchen"),
        (52_000, fireHome, .smokeEnds, "the smoke has gone"),
        (70_000, fallHome, .doorOpens, "somebody comes in again"),
        (70_020, fallHome, .doorCloses, nil),
    ]
}

extension Deed {
    /// Done by somebody who is up and about.
    fileprivate var isOfPerson: Bool {
        switch self {
        case .motionBegins, .motionEnds, .doorOpens, .doorCloses: true
        default: false
        }
    }
}
