import VigilCore

/// What is remembered of a watch between its frames, so that an alarm which it repeats rings once.
struct WatchMemory {
    enum OffWrist: String {
        /// It has a sensor that says so for as long as it is true.
        case asState = "state"
        /// It only said that it was taken off.
        case asAlarm = "alarm"
    }

    /// The alarm that it sent last, as a fingerprint: it sends it again until it is answered.
    var lastAlarm: String?
    /// The alarms of its last live status.
    var standing: WatchStatus = []
    var offWrist: OffWrist?

    init() {}

    init(_ state: DialectState) {
        lastAlarm = state.word("alarm")
        standing = state.word("standing").flatMap { UInt32($0, radix: 16) }.map { WatchStatus(rawValue: $0) } ?? []
        offWrist = state.word("off").flatMap { OffWrist(rawValue: $0) }
    }

    func keep(in state: inout DialectState) {
        state.keep(lastAlarm, as: "alarm")
        state.keep(standing.isEmpty ? nil : standing.text, as: "standing")
        state.keep(offWrist?.rawValue, as: "off")
    }
}
