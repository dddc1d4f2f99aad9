import VigilCore

extension WatchReport {
    /// `date,time,A or V,latitude,N or S,longitude,E or W,speed,course,altitude,satellites,signal,battery,steps,turns in bed,status,...`; cells
    /// and networks follow.
    private struct Position {
        static let fieldCount = 16

        let fields: [TextBytes]
        let status: WatchStatus

        init?(_ fields: [TextBytes]) {
            guard fields.count >= Self.fieldCount, fields[2] == "A" || fields[2] == "V", let status = WatchStatus(fields[15]) else {
                return nil
            }
            self.fields = fields
            self.status = status
        }

        /// What the satellites say; without them the numbers are those of an earlier place, or 0.
        var hasFix: Bool { fields[2] == "A" }
        var time: EventTime? { EventTime(ddmmyy: fields[0], hhmmss: fields[1]) }
        var battery: Scalar { Scalar(bare: fields[12]) }
        var steps: Scalar { Scalar(bare: fields[13]) }

        /// Latitude and longitude in degrees. A sign and a letter for the same half of the world do not cancel each other.
        var place: [Double]? {
            guard let latitude = Self.degrees(fields[3], fields[4] == "S", 90),
                let longitude = Self.degrees(fields[5], fields[6] == "W", 180),
                latitude != 0 || longitude != 0
            else { return nil }
            return [latitude, longitude]
        }

        private static func degrees(_ text: TextBytes, _ isNegative: Bool, _ limit: Double) -> Double? {
            guard let value = text.number, abs(value) <= limit else { return nil }
            return isNegative ? -abs(value) : value
        }
    }

    /// A watch whose clock was never set begins on a day before this one (2021-01-01).
    private static let clocksAreSetFrom: Int64 = 1_609_459_200_000

    /// What is so now. An alarm that its status still holds was told when it began.
    mutating func takePosition(_ fields: [TextBytes]) {
        guard let position = Position(fields) else { return facts.fault("position", "not understood") }
        tellPosition(position)
        let alarms = position.status.intersection(.alarms)
        tellAlarms(alarms.subtracting(memory.standing))
        memory.standing = alarms
    }

    /// Kept by the watch while it had no network: it tells where somebody was, and raises nothing.
    mutating func takeHistory(_ fields: [TextBytes]) {
        guard let position = Position(fields) else { return facts.fault("position", "not understood") }
        // Without its time nobody can tell it from the present.
        guard let time = position.time else { return facts.fault("time", "not understood") }
        facts.eventTime = time
        if position.hasFix, let place = position.place { facts.tell(.position, .numbers(place)) }
        facts.tell(.battery_percent, position.battery, named: "battery")
    }

    /// An alarm is one by its name (`AL`, `AL_LTE`, `ALCUSTOMER1`), whether or not the rest can be understood.
    mutating func takeAlarm(_ frame: WatchFrame) {
        guard let position = Position(frame.fields) else {
            let isAlarm = frame.command == "AL" || frame.command.hasPrefix("AL_") || frame.command.hasPrefix("ALCUSTOMER")
            facts.fault("alarm", "not understood")
            if isAlarm { facts.tell(.alarm_unspecified, .bool(true), nature: .event) }
            return
        }
        tellPosition(position)
        memory.standing = position.status.intersection(.alarms)
        guard !isRepeat(frame, position) else { return }
        tellAlarms(memory.standing)
        let known = WatchStatus.alarms.union(.olderAlarms)
        if position.status.isDisjoint(with: known) { facts.tell(.alarm_unspecified, .bool(true), nature: .event) }
    }

    /// An alarm is sent again, byte for byte, until it is answered; a second press has a second time.
    private mutating func isRepeat(_ frame: WatchFrame, _ position: Position) -> Bool {
        let fingerprint = String(Self.fingerprint(frame.content), radix: 16)
        defer { memory.lastAlarm = fingerprint }
        // A clock that stands still would make every press the first.
        guard let time = position.time, time.rawValue >= Self.clocksAreSetFrom else { return false }
        return memory.lastAlarm == fingerprint
    }

    /// FNV-1a.
    private static func fingerprint(_ text: TextBytes) -> UInt64 {
        text.bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private mutating func tellAlarms(_ alarms: WatchStatus) {
        if alarms.contains(.sos) { facts.tell(.sos, .bool(true), nature: .event) }
        if alarms.contains(.fall) { facts.tell(.fall, .bool(true), nature: .event) }
        if !alarms.isDisjoint(with: .others) { facts.tell(.alarm_unspecified, .bool(true), nature: .event) }
        if alarms.contains(.takenOff), memory.offWrist == nil {
            memory.offWrist = .asAlarm
            facts.tell(.worn, .bool(false))
        }
    }

    /// Place, battery, steps and what the lower half of the status says.
    ///
    /// Not its bit 4, from which traccar concludes that the watch moves: by its makers it says that the watch lies still.
    private mutating func tellPosition(_ position: Position) {
        if position.hasFix {
            facts.eventTime = position.time
            if let place = position.place { facts.tell(.position, .numbers(place)) }
        }
        facts.tell(.battery_percent, position.battery, named: "battery")
        facts.tell(.steps, position.steps, named: "steps")
        // The makers' limit for the alarm is 20 %.
        if !position.status.isDisjoint(with: [.isLow, .lowBattery]) {
            facts.tell(.battery_low, .bool(true))
        } else if let level = position.battery.number, level > 20 {
            facts.tell(.battery_low, .bool(false))
        }
        if position.status.contains(.isOffWrist) {
            memory.offWrist = .asState
            facts.tell(.worn, .bool(false))
        } else if memory.offWrist == .asState {
            memory.offWrist = nil
            facts.tell(.worn, .bool(true))
        }
    }
}

extension EventTime {
    /// Day, month and year in two digits each, and the time of that day in UTC.
    fileprivate init?(ddmmyy date: TextBytes, hhmmss time: TextBytes) {
        guard let (day, month, year) = Self.pairs(date), let (hour, minute, second) = Self.pairs(time), (1...12).contains(month),
            (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let seconds = ((Self.days(2000 + year, month, day) * 24 + hour) * 60 + minute) * 60 + second
        self.init(wireMilliseconds: Int64(seconds) * 1000)
    }

    private static func pairs(_ text: TextBytes) -> (Int, Int, Int)? {
        guard text.count == 6, text.bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let digits = text.bytes.map { Int($0 - 0x30) }
        return (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3], digits[4] * 10 + digits[5])
    }
}
