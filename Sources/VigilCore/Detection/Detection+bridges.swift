// What the devices behind a bridge say of it by being heard.

extension Detection {
    /// Oftener than this no rule needs to hear that a bridge lives: every message of its devices shows it.
    private static let bridgeBeat = Milliseconds.seconds(10)

    /// Whoever is heard through a bridge shows that it lives, and so does that one of the bridge above it.
    mutating func hearBridge(ofDevice index: Int, in frame: Frame, at time: EngineTime, into effects: inout [Effect]) {
        // What a broker kept says nothing of now.
        guard !frame.isRetained, let bridge = household.bridge(ofDevice: index),
            states[bridge].lastHeardAt.map({ time - $0 >= Self.bridgeBeat }) ?? true
        else { return }
        states[bridge].heard(at: time)
        let alive = Observation(.device_alive, .bool(true), nature: .event)
        _ = distribute(alive, of: bridge, in: frame, at: time, isProven: true, into: &effects)
        // A ring of bridges, which an import refuses, ends here: each was heard just now.
        hearBridge(ofDevice: bridge, in: frame, at: time, into: &effects)
    }
}
