/// One thing that happens in a home.
struct Happening: Equatable {
    /// Since the play began.
    var at: Duration
    /// The home's number.
    var home: Int
    var deed: Deed
    /// What a neighbour would say; nil where it is not worth saying.
    var sentence: String?
    /// Of the story, not of daily life.
    var isOfStory = false
}

/// What a device notices.
enum Deed: Equatable {
    case motionBegins
    case motionEnds
    case doorOpens
    case doorCloses
    case smokeBegins
    case smokeEnds
    case buttonPressed
    /// The sensor reports in, with whatever Zigbee2MQTT has cached of it.
    case sensorBeat(ZigbeeSensor)
    case pulseMeasured(bpm: Int)
    /// Several facts in one message.
    case bandReport(bpm: Int, steps: Int, batteryPercent: Int)
    case bandFall
    case bandSOS

    var isOfBand: Bool {
        switch self {
        case .pulseMeasured, .bandReport, .bandFall, .bandSOS: true
        default: false
        }
    }
}
