import VigilCore

/// The value of a characteristic, by what the Bluetooth SIG assigned its number to.
///
/// A connection without pairing proves no more than an advertisement does. What a device says of itself (180A) is no fact.
// Source: Assigned Numbers, section 3.8; GATT Specification Supplement, section 3.
enum GATTValue {
    // Of heart rate, pulse oximeter, thermometer, blood pressure, battery and device information.
    private static let listenedTo: [UInt32] = [0x2A37, 0x2A5E, 0x2A5F, 0x2A1C, 0x2A35, 0x2A19, 0x2A29, 0x2A24, 0x2A26]

    /// Whether a receiver listens to it wherever a device has it, without a profile that says so.
    static func isListenedTo(_ characteristic: BluetoothUUID) -> Bool {
        characteristic.assigned.map { listenedTo.contains($0) } ?? false
    }

    static func read(
        _ bytes: ArraySlice<UInt8>, of characteristic: String, _ report: inout BluetoothReport
    ) throws(DecodeFailure) -> BluetoothReport.Reading? {
        guard let assigned = BluetoothUUID(characteristic)?.assigned else { return .plain }
        var reader = ByteReader(bytes)
        let isWhole: Bool
        switch assigned {
        case 0x2A37: isWhole = takeHeartRate(&reader, &report.facts)
        case 0x2A5F: isWhole = takeOximeter(&reader, isContinuous: true, &report.facts)
        case 0x2A5E: isWhole = takeOximeter(&reader, isContinuous: false, &report.facts)
        case 0x2A1C: isWhole = takeThermometer(&reader, &report.facts)
        case 0x2A35: isWhole = takeBloodPressure(&reader, &report.facts)
        case 0x2A19: isWhole = takeBattery(&reader, &report.facts)
        default: return .plain
        }
        guard isWhole, reader.isAtEnd else {
            throw DecodeFailure(.malformed, "\(characteristic) is not as long as its flags say")
        }
        return .plain
    }

    private static func takeBattery(_ reader: inout ByteReader, _ facts: inout FactList) -> Bool {
        guard let level = reader.byte() else { return false }
        facts.tell(.battery_percent, number: Double(level))
        return true
    }

    /// Flags, the rate in one byte or two, the energy spent, intervals between beats.
    // Source: Heart Rate Service 1.0, section 3.1.
    private static func takeHeartRate(_ reader: inout ByteReader, _ facts: inout FactList) -> Bool {
        guard let flags = reader.byte(), let rate = reader.number(flags & 1 << 0 != 0 ? 2 : 1) else { return false }
        if flags & 1 << 3 != 0, !reader.skip(2) { return false }
        if flags & 1 << 4 != 0, !reader.skip(reader.rest.count / 2 * 2) { return false }
        // It can tell whether it touches the skin, and it does not.
        if flags & 0b110 == 0b100 { facts.tellNotMeasured(.heart_rate_bpm) } else { facts.tell(.heart_rate_bpm, number: Double(rate)) }
        return true
    }

    /// Flags, the temperature, when, and where at the body it was measured.
    // Source: Health Thermometer Service 1.0, section 3.1.
    private static func takeThermometer(_ reader: inout ByteReader, _ facts: inout FactList) -> Bool {
        guard let flags = reader.byte(), let value = reader.medicalFloat() else { return false }
        if flags & 1 << 1 != 0, !reader.skip(MedicalTime.length) { return false }
        if flags & 1 << 2 != 0, reader.byte() == nil { return false }
        facts.tell(.body_temperature_c, medical: flags & 1 << 0 != 0 ? value.map { Double(fahrenheit: $0) } : value)
        return true
    }

    /// Flags, systolic, diastolic and mean pressure, when, the pulse, whose it is, how it was measured.
    // Source: Blood Pressure Service 1.1, section 3.1.
    private static func takeBloodPressure(_ reader: inout ByteReader, _ facts: inout FactList) -> Bool {
        guard let flags = reader.byte(), let systolic = reader.medicalShortFloat(), let diastolic = reader.medicalShortFloat(),
            reader.skip(2)
        else { return false }
        if flags & 1 << 1 != 0, !reader.skip(MedicalTime.length) { return false }
        var pulse: MedicalNumber??
        if flags & 1 << 2 != 0 {
            guard let value = reader.medicalShortFloat() else { return false }
            pulse = value
        }
        if flags & 1 << 3 != 0, reader.byte() == nil { return false }
        if flags & 1 << 4 != 0, !reader.skip(2) { return false }
        let unit = flags & 1 << 0 != 0 ? MedicalNumber.mmHgPerKilopascal : 1
        if let systolic, let diastolic {
            facts.tellPressure(systolic * unit, diastolic * unit)
        } else {
            facts.tellNotMeasured(.blood_pressure_mmhg)
        }
        if let pulse { facts.tell(.heart_rate_bpm, medical: pulse) }
        return true
    }
}

/// A date and a time of day without a zone: it says nothing of when that was.
enum MedicalTime {
    static let length = 7
}
