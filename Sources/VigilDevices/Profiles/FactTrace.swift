import VigilCore

/// Where a profile says what was told.
struct FactTrace: Sendable {
    /// Where the file says what is told now.
    var origin: Setting.Mark?
    /// For each fact where the file says it; nil where it does not, as of being alive.
    private(set) var origins: [Setting.Mark?] = []
    /// The facts and messages that were asked: their conditions held.
    private(set) var asked: Set<Setting.Mark> = []

    mutating func told() { origins.append(origin) }

    mutating func ask(_ mark: Setting.Mark?) {
        if let mark { asked.insert(mark) }
    }
}
