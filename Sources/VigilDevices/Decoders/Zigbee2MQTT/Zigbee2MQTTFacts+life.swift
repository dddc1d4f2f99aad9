import VigilCore

/// What somebody's life may hang on. Every enumeration is read by its whole documented words; an unknown word tells nothing.
extension Zigbee2MQTTFacts {
    mutating func tellAlarms() {
        let isTested = flag(.test)
        // A siren has a test as well; it is none of a detector.
        if let isTested, isDetector || report.namesOnly(.test) { tell(.smoke_test, .bool(isTested)) }
        // Source: fromZigbee.ts ias_smoke_alarm_1: alarm is bit 0 and test bit 8 of the same zone status, so both are of one moment. Where
        // the test is a property of its own, a test whose end was lost would make a drill of every fire that follows.
        let isDrill =
            isTested == true && report.names(anyOf: .supervision_reports, .battery_low, .tamper, .trouble, .battery_defect)
            && !report.names(.linkage_alarm)
        tellTestMode()
        tellDrillable(.smoke, smoke, isDrill: isDrill)
        // `gas` of a meter is a number of cubic metres.
        let gases: [Zigbee2MQTTField] = isGasMeter ? [.carbon_monoxide] : [.gas, .carbon_monoxide]
        tellDrillable(.gas, flag(anyOf: gases), isDrill: isDrill)
        tell(.water_leak, anyOf: .water_leak)
        tell(.sos, anyOf: .sos, .emergency, .panic)
    }

    private var isDetector: Bool { report.names(anyOf: .smoke, .smoke_state, .gas, .carbon_monoxide, .linkage_alarm) }

    /// Smoke as a flag, or as the word of a detector that has no flag.
    // Source: docs/devices/SMART-SMOKE10.md: `alarm`, `normal`. Others add `none` and `detecting` beside the flag.
    private var smoke: Bool? {
        mutating get {
            if report.names(.smoke) { return flag(.smoke) }
            guard let text = report[.smoke_state]?.text else { return nil }
            return text == "alarm" ? true : text == "normal" || text == "none" ? false : nil
        }
    }

    /// A test that was asked for from afar; it never makes a drill of smoke, since its end may be lost.
    // Source: docs/devices/BSD-2.md, `test_mode`.
    private mutating func tellTestMode() {
        guard isDetector, let text = report[.test_mode]?.text, text == "ON" || text == "OFF" else { return }
        tell(.smoke_test, .bool(text == "ON"))
    }

    /// An alarm that a detector raises while it says that it is being tested is a drill, and counted.
    private mutating func tellDrillable(_ kind: ObservationKind, _ flag: Bool?, isDrill: Bool) {
        guard let flag else { return }
        if flag && isDrill { return fault(.test, "\(kind.rawValue) during a test of the detector was taken for a drill") }
        tell(kind, .bool(flag))
    }

    mutating func tellFalls() {
        // Source: heiman.ts, HS2FD occupancyRadarHeiman, bits 4 and 5.
        if let text = word(.fall_status) {
            switch text {
            case _ where text == "normal": tellFall(false, isSuspected: false)
            case _ where text == "fall_warning": tellFall(false, isSuspected: true)
            case _ where text == "fall_alarm": tellFall(true)
            default: fault(.fall_status, "unknown word")
            }
        }
        // Source: tuya.ts, MIR-HE200-TY with fall function, datapoint 116 (tuyaRadar.fallDown).
        if let text = word(.fall_down_status) {
            switch text {
            case _ where text == "none": tellFall(false, isSuspected: false)
            case _ where text == "maybe_fall": tellFall(false, isSuspected: true)
            case _ where text == "fall": tellFall(true)
            default: fault(.fall_down_status, "unknown word")
            }
        }
        tellPosture()
    }

    /// While a fall is certain nothing is said of a suspicion: it neither ended nor is it the news.
    private mutating func tellFall(_ isFallen: Bool, isSuspected: Bool? = nil) {
        tell(.fall, .bool(isFallen))
        if let isSuspected { tell(.fall_suspected, .bool(isSuspected)) }
    }

    /// The posture that an OWON FDS315 sees; `status` of any other device uses other words.
    // Source: owon.ts, owonFds315.
    private mutating func tellPosture() {
        guard let text = report[.status]?.text else { return }
        switch text {
        case _ where text == "unoccupied": tellPosture(isPresent: false, isInBed: false, isFallen: false)
        case _ where text == "occupied" || text == "sitting": tellPosture(isPresent: true, isInBed: false, isFallen: false)
        case _ where text == "on_the_bed": tellPosture(isPresent: true, isInBed: true, isFallen: false)
        // Low is no fall by itself, and no end of one.
        case _ where text == "low_posture": tellPosture(isPresent: true, isInBed: false, isFallen: nil)
        case _ where text == "falling": tellPosture(isPresent: true, isInBed: false, isFallen: true)
        default: break
        }
    }

    private mutating func tellPosture(isPresent: Bool, isInBed: Bool, isFallen: Bool?) {
        if let isFallen { tell(.fall, .bool(isFallen)) }
        tell(.presence, .bool(isPresent))
        tell(.in_bed, .bool(isInBed))
    }

    /// The word of an enumeration.
    private mutating func word(_ field: Zigbee2MQTTField) -> TextBytes? {
        guard let value = report[field] else { return nil }
        if let text = value.text { return text }
        fault(field, "not a word")
        return nil
    }
}
