import VigilCore

extension GATTValue {
    /// Bits of the measurement that make it none: for a demonstration, for a test, calibrating, unavailable, invalid.
    private static let invalid: UInt64 = 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 15
    /// It was kept, and is of then.
    private static let fromStorage: UInt64 = 1 << 9
    /// The sensor is on nobody, or off its cable.
    private static let isOff: UInt64 = 1 << 11 | 1 << 15

    /// Flags, oxygen and pulse, and what the flags name: of continuous measurements fast and slow averages, of single ones the time; how it was
    /// measured, how the sensor is, the strength of the pulse.
    // Source: Pulse Oximeter Service 1.0.1, sections 3.1 and 3.2.
    static func takeOximeter(_ reader: inout ByteReader, isContinuous: Bool, _ facts: inout FactList) -> Bool {
        guard let flags = reader.byte(), let oxygen = reader.medicalShortFloat(), let pulse = reader.medicalShortFloat() else {
            return false
        }
        var next: UInt8 = 1
        func isNext() -> Bool {
            defer { next <<= 1 }
            return flags & next != 0
        }
        if isContinuous {
            if isNext(), !reader.skip(4) { return false }
            if isNext(), !reader.skip(4) { return false }
        } else if isNext(), !reader.skip(MedicalTime.length) {
            return false
        }
        var status: UInt64 = 0
        var sensor: UInt64 = 0
        if isNext() {
            guard let bits = reader.number(2) else { return false }
            status = bits
        }
        if isNext() {
            guard let bits = reader.number(3) else { return false }
            sensor = bits
        }
        if isNext(), !reader.skip(2) { return false }
        if status & fromStorage != 0 { return true }
        let isMeasured = status & invalid == 0 && sensor & isOff == 0
        facts.tell(.spo2_percent, medical: isMeasured ? oxygen : nil)
        facts.tell(.heart_rate_bpm, medical: isMeasured ? pulse : nil)
        return true
    }
}

extension FactList {
    mutating func tell(_ kind: ObservationKind, medical value: MedicalNumber?) {
        if let value { tell(kind, number: value) } else { tellNotMeasured(kind) }
    }
}
