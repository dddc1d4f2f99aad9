import VigilCore

/// What somebody's life may hang on. Every enumeration is read by its whole documented words; an unknown word tells nothing.
extension Zigbee2MQTTFacts {
    mutating func tellAlarms() {
        // Source: fromZigbee.ts ias_smoke_alarm_1: smoke is bit 0 and test bit 8 of the same zone status, so both are of one moment.
        let isTested = flag(.test)
        if let isTested { tell(.smoke_test, .bool(isTested)) }
        tellDrillable(.smoke, .smoke, isTested: isTested == true)
        tellDrillable(.gas, .gas, .carbon_monoxide, isTested: isTested == true)
        tell(.water_leak, anyOf: .water_leak)
        tell(.sos, anyOf: .sos, .emergency, .panic)
    }

    /// An alarm that a detector raises while it says that it is being tested is a drill, and counted.
    private mutating func tellDrillable(_ kind: ObservationKind, _ fields: Zigbee2MQTTField..., isTested: Bool) {
        guard let flag = flag(anyOf: fields) else { return }
        if flag && isTested { return fault(.test, "\(kind.rawValue) during a test of the detector was taken for a drill") }
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
