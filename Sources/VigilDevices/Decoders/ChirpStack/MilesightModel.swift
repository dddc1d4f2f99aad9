/// Models whose bytes are read where no codec is set.
// Source: Milesight-IoT/SensorDecoders, the folder of each model.
enum MilesightModel: CaseIterable {
    /// Radar for falls.
    case vs373
    /// Smoke detector.
    case gs524n
    /// Button, also sold as an SOS button.
    case ws101
    case vs340, vs370
    case ws202, ws301, ws303
    case gs101
    /// Leak detectors that measure the room as well.
    case em300sld, em300zld

    /// The maker's block of addresses.
    static let euiPrefix = "24e124"

    var word: StaticString {
        switch self {
        case .vs373: "vs373"
        case .gs524n: "gs524n"
        case .ws101: "ws101"
        case .vs340: "vs340"
        case .vs370: "vs370"
        case .ws202: "ws202"
        case .ws301: "ws301"
        case .ws303: "ws303"
        case .gs101: "gs101"
        case .em300sld: "em300-sld"
        case .em300zld: "em300-zld"
        }
    }
}

/// The words of the maker's codecs and the numbers behind them, which a codec that is set to raw values gives instead.
enum MilesightWords {
    typealias Table = [(word: StaticString, code: Int)]

    static let detection: Table = [("normal", 0), ("vacant", 1), ("in_bed", 2), ("out_of_bed", 3), ("fall", 4)]
    static let alarmType: Table = [
        ("fall", 0), ("motionless", 1), ("human_in_place", 1), ("dwell", 2), ("out_of_bed", 3), ("occupied", 4), ("vacant", 5),
        ("bradypnea", 6), ("bradynea", 6), ("tachypnea", 7), ("lying", 8), ("lying_down", 8),
    ]
    static let alarmStatus: Table = [("alarm_triggered", 1), ("alarm_deactivated", 2), ("alarm_ignored", 3)]
    static let breath: Table = [("no_data_input", 1), ("normal", 2), ("tachypnea", 3), ("bradypnea", 4), ("undetectable", 5)]
    static let press: Table = [
        ("short press", 1), ("long press", 2), ("double press", 3), ("short", 1), ("long", 2), ("double", 3),
    ]
    static let smoke: Table = [
        ("alarm", 1), ("silent", 2), ("low battery", 4), ("failover", 5), ("normal", 7), ("removed", 10), ("installed", 11),
        ("testing alarm with normal battery", 14), ("testing alarm with low battery", 15),
    ]
    static let occupancy: Table = [("vacant", 0), ("occupied", 1)]
    static let magnet: Table = [("close", 0), ("closed", 0), ("open", 1)]
    static let tamper: Table = [("installed", 0), ("uninstalled", 1)]
    static let leak: Table = [("normal", 0), ("leak", 1)]
    static let gas: Table = [("normal", 0), ("alarm", 1)]
    static let pir: Table = [("normal", 0), ("idle", 0), ("trigger", 1)]

    /// What a value stands for; nil for a word or a number that the table has not.
    static func code(_ value: Scalar, in table: Table) -> Int? {
        if let text = value.text, let entry = table.first(where: { isSame(text, $0.word) }) { return entry.code }
        guard let number = value.number, let code = Int(exactly: number), table.contains(where: { $0.code == code }) else { return nil }
        return code
    }

    /// In whatever case, and with blanks or underscores between its words: versions of the codecs differ in that.
    private static func isSame(_ text: TextBytes, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        return text.bytes.enumerated().allSatisfy { index, byte in folded(byte) == folded(word.utf8Start[index]) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "_"), UInt8(ascii: "-"): UInt8(ascii: " ")
        default: byte
        }
    }
}
