/// When a device was last heard by one of the sources.
struct Ear: Codable, Hashable, Sendable {
    /// Two that hear a device say so this close together at least: a radio's adapters, which tell a thing once, now and then tell of the device
    /// each for itself, every ten minutes.
    static let together = Milliseconds.minutes(15)

    let source: SourceID
    var at: EngineTime
}
