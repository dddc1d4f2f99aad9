import VigilCore

/// Reads what a device sent where no codec gave it names: channels of an id, a type and a value of known length.
// Source: Milesight-IoT/SensorDecoders, the decoder of each model.
extension MilesightReport {
    mutating func take(_ bytes: [UInt8], of model: MilesightModel) {
        isMilesight = true
        if model == .gs524n { takeSmokeDetector(bytes) } else { takeChannels(bytes[...], of: model) }
    }

    /// Six bytes: versions, message, battery, concentration, temperature, and what makes their sum 0.
    private mutating func takeSmokeDetector(_ bytes: [UInt8]) {
        guard bytes.count == 6, bytes.reduce(0, &+) == 0, bytes[1] >> 4 == 1 else {
            return facts.fault("data", "no message of a GS524N")
        }
        tellSmoke(Int(bytes[1] & 0x0F))
        facts.tell(.battery_percent, number: Double(bytes[2]))
        facts.tell(.temperature_c, number: Double(Int8(bitPattern: bytes[4])))
    }

    private mutating func takeChannels(_ bytes: ArraySlice<UInt8>, of model: MilesightModel) {
        var rest = bytes
        while let id = rest.popFirst() {
            guard let type = rest.popFirst() else { return facts.fault("data", "cut off") }
            // Answers to orders have lengths of their own, and nothing else follows them.
            if id == 0xFE || id == 0xF8 || id == 0xF9 { return }
            guard let length = Self.length(id, type, model) else {
                return facts.fault("data", "channel \(String(id, radix: 16)) \(String(type, radix: 16)) is not known")
            }
            guard rest.count >= length else { return facts.fault("data", "cut off") }
            takeChannel(id, type, Array(rest.prefix(length)), of: model)
            rest = rest.dropFirst(length)
        }
    }

    private static func length(_ id: UInt8, _ type: UInt8, _ model: MilesightModel) -> Int? {
        switch (id, type, model) {
        case (0xFF, 0x01, _), (0xFF, 0x0B, _), (0xFF, 0x0F, _), (0xFF, 0xFE, _), (0x01, 0x75, _): 1
        case (0xFF, 0x09, _), (0xFF, 0x0A, _), (0xFF, 0xFF, _): 2
        case (0xFF, 0x08, _): 6
        case (0xFF, 0x16, _): 8
        case (0xFF, 0x2E, .ws101): 1
        case (0x03, 0x00, .vs340), (0x03, 0x00, .vs370), (0x03, 0x00, .ws202), (0x03, 0x00, .ws301), (0x03, 0x00, .ws303): 1
        case (0x04, 0x00, .vs370), (0x04, 0x00, .ws202), (0x04, 0x00, .ws301): 1
        case (0x05, 0x8E, .gs101), (0x06, 0x01, .gs101), (0x07, 0x01, .gs101), (0xFF, 0x3F, .gs101): 1
        case (0x08, 0x90, .gs101): 4
        // Source: em-series/em300-zld/em300-zld-decoder.js (EM300-SLD and EM300-ZLD).
        case (0x03, 0x67, .em300sld), (0x03, 0x67, .em300zld): 2
        case (0x04, 0x68, .em300sld), (0x04, 0x68, .em300zld), (0x05, 0x00, .em300sld), (0x05, 0x00, .em300zld): 1
        case (0x20, 0xCE, .em300sld), (0x20, 0xCE, .em300zld): 8
        case (0x03, 0xF8, .vs373), (0x09, 0xB2, .vs373): 6
        case (0x04, 0xF9, .vs373): 4
        case (0x05, 0xFA, .vs373), (0x07, 0xB0, .vs373): 8
        case (0x06, 0xFB, .vs373), (0x0A, 0xB3, .vs373): 5
        case (0x08, 0xB1, .vs373): 3
        case (0x0B, 0xB4, .vs373), (0x0C, 0xB4, .vs373), (0x20, 0xCE, .vs373): 9
        default: nil
        }
    }

    private mutating func takeChannel(_ id: UInt8, _ type: UInt8, _ value: [UInt8], of model: MilesightModel) {
        switch (id, type, model) {
        case (0x01, 0x75, _): facts.tell(.battery_percent, number: Double(value[0]))
        case (0xFF, 0x2E, _): if (1...3).contains(value[0]) { tellPress(Int(value[0])) }
        case (0x03, 0x00, .vs340), (0x03, 0x00, .vs370): tell(.presence, flag(value[0]))
        case (0x03, 0x00, .ws202): tell(.motion, flag(value[0]))
        case (0x03, 0x00, .ws301): tell(.door_open, flag(value[0]))
        case (0x04, 0x00, .ws301): tell(.tamper, flag(value[0]))
        case (0x03, 0x00, .ws303), (0x05, 0x00, _): tell(.water_leak, flag(value[0]))
        case (0x03, 0x67, _):
            facts.tell(.temperature_c, number: Double(Int16(bitPattern: UInt16(value[0]) | UInt16(value[1]) << 8)) / 10)
        case (0x05, 0x8E, _): tell(.gas, flag(value[0]))
        case (0xFF, 0x3F, _): if value[0] == 2 || value[0] == 3 { facts.tell(.sensor_fault, .bool(value[0] == 2)) }
        case (0x03, 0xF8, _), (0x07, 0xB0, _):
            if value[0] <= 4 { detection = Int(value[0]) } else { facts.fault("detection_status", "no state of the maker's codec") }
        case (0x06, 0xFB, _): tellAlarm(Int(value[2]), Int(value[3]), id: String(Int(value[0]) | Int(value[1]) << 8))
        case (0x08, 0xB1, _): tellBreath(value)
        default: break
        }
    }

    private func flag(_ byte: UInt8) -> Int? { byte <= 1 ? Int(byte) : nil }

    /// Its state, and hundredths of a breath per minute.
    private mutating func tellBreath(_ value: [UInt8]) {
        guard (2...4).contains(value[0]) else { return facts.tellNotMeasured(.respiration_rpm) }
        facts.tell(.respiration_rpm, number: Double(Int(value[1]) | Int(value[2]) << 8) / 100)
    }
}
