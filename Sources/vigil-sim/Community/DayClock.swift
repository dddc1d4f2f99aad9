/// Translates between the hours of the story and the seconds of the play.
struct DayClock {
    /// A day begins at six in the morning, when the first people get up.
    static let firstMinute = 6.0 * 60
    static let minutesPerDay = 24.0 * 60
    /// How long a day takes at speed 1.
    static let normalDay = Duration.seconds(120)

    let day: Duration

    init(speed: PlaySpeed) { day = speed.scaled(Self.normalDay) }

    /// When it is so many minutes past the beginning of day number `index`, since the play began.
    func time(ofDay index: Int, minute: Double) -> Duration { day * (Double(index) + minute / Self.minutesPerDay) }

    /// `07:36`, the hour of the story.
    func hour(at time: Duration) -> String {
        let past = (time / day * Self.minutesPerDay + Self.firstMinute).truncatingRemainder(dividingBy: Self.minutesPerDay)
        let minute = Int(past)
        return "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
    }
}
