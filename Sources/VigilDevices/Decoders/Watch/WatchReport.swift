import VigilCore

/// Tells what one frame of a watch says.
struct WatchReport {
    var facts: FactList
    var memory: WatchMemory

    init(_ facts: FactList, memory: WatchMemory) {
        self.facts = facts
        self.memory = memory
    }

    mutating func take(_ frame: WatchFrame) {
        facts.eventTime = nil
        let before = facts.observations.count
        tell(frame)
        facts.eventTime = nil
        // A heartbeat says so by itself, whatever it carries.
        if facts.observations.count == before || frame.command == "LK" { facts.tell(.device_alive, .bool(true), nature: .event) }
    }

    /// What it does not name is none of ours: settings, voice, pictures, answers to orders (`SOS` and `FALLDOWN` among them).
    private mutating func tell(_ frame: WatchFrame) {
        let command = frame.command
        if command == "LK" {
            tellHeartbeat(frame.fields)
        } else if command.hasPrefix("AL") {
            takeAlarm(frame)
        } else if command == "UD" || command.hasPrefix("UD_") || command.hasPrefix("WT") {
            takePosition(frame.fields)
        } else if command.hasPrefix("UD") {
            takeHistory(frame.fields)
        } else if command.isSame(ignoringCase: "heart") || command.isSame(ignoringCase: "pulse") {
            tellPulse(frame.fields.first)
        } else if command.isSame(ignoringCase: "bphrt") || command.isSame(ignoringCase: "blood") {
            tellBloodPressure(frame.fields)
        } else if command.isSame(ignoringCase: "oxygen") {
            tellMeasured(.spo2_percent, frame.fields.dropFirst().first ?? frame.fields.first)
        } else if command.isSame(ignoringCase: "btemp2") {
            // The first field is where it was measured: 0 at the forehead, 1 at the wrist.
            tellMeasured(.body_temperature_c, frame.fields.dropFirst().first)
        } else if command.isSame(ignoringCase: "temp") {
            tellMeasured(.body_temperature_c, frame.fields.first)
        }
    }

    /// `LK,steps,turns in bed,battery`; with fewer parts nobody can tell which they are.
    private mutating func tellHeartbeat(_ fields: [TextBytes]) {
        guard fields.count >= 3 else { return }
        facts.tell(.steps, Scalar(bare: fields[0]), named: "steps")
        facts.tell(.battery_percent, Scalar(bare: fields[2]), named: "battery")
    }

    private mutating func tellPulse(_ field: TextBytes?) { tellMeasured(.heart_rate_bpm, field) }

    /// `bphrt,systolic,diastolic,pulse,height,sex,age,weight`, `BLOOD,systolic,diastolic`; 0 is not measured.
    private mutating func tellBloodPressure(_ fields: [TextBytes]) {
        if fields.count >= 2 {
            if let systolic = fields[0].number, let diastolic = fields[1].number {
                if facts.tellPressure(systolic, diastolic) { wasOnTheWrist() }
            } else if !fields[0].isEmpty || !fields[1].isEmpty {
                facts.fault("pressure", "not two numbers")
            }
        }
        if fields.count >= 3 { tellPulse(fields[2]) }
    }

    private mutating func tellMeasured(_ kind: ObservationKind, _ field: TextBytes?) {
        guard let field else { return }
        let before = facts.observations.count
        facts.tell(kind, Scalar(bare: field), named: kind.rawValue)
        if facts.observations.count > before, facts.observations.last?.kind == kind { wasOnTheWrist() }
    }

    /// A watch that said that it was taken off, and has no word for being worn again, measures somebody.
    private mutating func wasOnTheWrist() {
        guard memory.offWrist == .asAlarm else { return }
        memory.offWrist = nil
        facts.tell(.worn, .bool(true))
    }
}
