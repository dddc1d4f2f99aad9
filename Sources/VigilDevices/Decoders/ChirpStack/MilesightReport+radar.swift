import VigilCore

/// The VS373, in the words of both its firmwares.
// Source: Milesight-IoT/SensorDecoders vs-series/vs373/vs373-decoder.js and README.md.
extension MilesightReport {
    private static let mostAlarms = 32

    /// Returns whether the name is known.
    mutating func takeRadar(_ name: TextBytes, _ value: JSONNode, of object: JSONNode) -> Bool {
        switch name {
        case _ where name == "detection_status": detection = code(Scalar(value), MilesightWords.detection, name)
        case _ where name == "events":
            for event in value.elements.prefix(Self.mostAlarms) { tellEvent(event) }
        // Alarms that nobody heard when they were raised: they are of then, and raise nothing.
        case _ where name == "history": break
        case _ where name == "respiratory_rate": tellBreath(Scalar(value), status: object.member("respiratory_status"))
        case _ where name == "target_status" || name == "respiratory_status" || name == "use_time_now" || name == "use_time_today":
            break
        case _ where name == "fall_alarm": tellAlarms(0, value)
        case _ where name == "human_in_place": tellAlarms(1, value)
        case _ where name == "dwell_alarm": tellAlarms(2, value)
        case _ where name == "out_of_bed_alarm": tellAlarms(3, value)
        case _ where name == "occupied": tellAlarms(4, value)
        case _ where name == "vacant": tellAlarms(5, value)
        case _ where name == "bradypnea": tellAlarms(6, value)
        case _ where name == "tachypnea": tellAlarms(7, value)
        case _ where name == "lying_alarm": tellAlarms(8, value)
        default: return false
        }
        return true
    }

    /// `{"alarm_id": 12, "alarm_type": "fall", "alarm_status": "alarm_triggered"}`.
    private mutating func tellEvent(_ event: JSONNode) {
        let type = alarmCode(event.member("alarm_type"), MilesightWords.alarmType, "alarm_type")
        let status = alarmCode(event.member("alarm_status"), MilesightWords.alarmStatus, "alarm_status")
        guard let type, let status else { return isAlarmUnread = true }
        tellAlarm(type, status, id: event.member("alarm_id")?.integer.map { String($0) })
    }

    /// What a word of an alarm stands for. Also `unknown` is a fault, as which the codec shows what a newer firmware added.
    private mutating func alarmCode(_ value: JSONNode?, _ table: MilesightWords.Table, _ name: StaticString) -> Int? {
        let code = value.flatMap { MilesightWords.code(Scalar($0), in: table) }
        if code == nil { facts.fault("events.\(name)", value == nil ? "missing" : "no word of the maker's codec") }
        return code
    }

    /// `{"alarm_id": "1, 2, 3", "alarm_status": "1, 1, 2"}`: several alarms of one kind, in their order.
    private mutating func tellAlarms(_ type: Int, _ node: JSONNode) {
        let statuses = Self.numbers(node.member("alarm_status"))
        if statuses.isEmpty {
            facts.fault("alarm_status", "no numbers")
            isAlarmUnread = true
        }
        let ids = Self.numbers(node.member("alarm_id"))
        for (index, status) in statuses.enumerated() {
            tellAlarm(type, status, id: index < ids.count ? String(ids[index]) : nil)
        }
    }

    private static func numbers(_ node: JSONNode?) -> [Int] {
        guard let node else { return [] }
        if let number = node.integer { return Int(exactly: number).map { [$0] } ?? [] }
        guard let text = node.text, text.count <= 512 else { return [] }
        return text.string.split(separator: ",").prefix(mostAlarms).compactMap { part in
            Int(part.drop { $0 == " " }.prefix { $0 != " " })
        }
    }

    /// - Parameters:
    ///   - type: 0 fall, 1 motionless or "human in place", 2 dwell, 3 out of bed, 4 occupied, 5 vacant, 6 and 7 breathing, 8 lying.
    ///   - status: 1 triggered, 2 deactivated, 3 ignored; others are reports of a state.
    mutating func tellAlarm(_ type: Int, _ status: Int, id: String?) {
        let isTriggered = status == 1
        switch type {
        case 0: if isTriggered { tellFall(id) } else if status == 2 || status == 3 { endFall() }
        // The older firmware calls it motionless, the newer one "human in place": somebody is there.
        case 1: if isTriggered { facts.tell(.presence, .bool(true)) }
        case 3: if isTriggered { facts.tell(.left_bed_alarm, .bool(true), nature: .event) }
        case 4, 5: if isTriggered { facts.tell(.presence, .bool(type == 4)) }
        default: if isTriggered { facts.tell(.alarm_unspecified, .bool(true), nature: .event) }
        }
    }

    /// A fall is told once: the alarm and the state that goes on saying so are one, another number is another fall.
    private mutating func tellFall(_ id: String?) {
        isFallToldNow = true
        let isSame = memory.isFallen && (memory.fallAlarm == nil || memory.fallAlarm == id)
        memory.isFallen = true
        memory.fallAlarm = id
        if !isSame { facts.tell(.fall, .bool(true), nature: .event) }
    }

    private mutating func endFall() {
        memory.isFallen = false
        facts.tell(.fall, .bool(false))
    }

    private mutating func tellBreath(_ rate: Scalar, status: JSONNode?) {
        let breath = status.flatMap { MilesightWords.code(Scalar($0), in: MilesightWords.breath) }
        if breath == 1 || breath == 5 { return facts.tellNotMeasured(.respiration_rpm) }
        facts.tell(.respiration_rpm, rate, named: "respiratory_rate")
    }

    /// After the last part of the uplink: how the room is.
    mutating func finish() {
        guard let detection else { return }
        self.detection = nil
        switch detection {
        case 4:
            if !isFallToldNow && !memory.isFallen {
                memory.fallAlarm = nil
                memory.isFallen = true
                facts.tell(.fall, .bool(true), nature: .event)
            }
        case 1:
            facts.tell(.presence, .bool(false))
            facts.tell(.in_bed, .bool(false))
            settle()
        case 2:
            facts.tell(.presence, .bool(true))
            facts.tell(.in_bed, .bool(true))
            settle()
        case 3:
            facts.tell(.in_bed, .bool(false))
            settle()
        default:
            facts.tell(.presence, .bool(true))
            settle()
        }
    }

    /// Nobody lies there any more, unless the same uplink has just said so or may have.
    private mutating func settle() {
        if !isFallToldNow, !isAlarmUnread { endFall() }
    }
}
