/// The word of status that a watch sends with its position: what holds in the lower half, what it raises the alarm for in the upper one.
// Source: 4p-touch.com "Beesure GPS SeTracker Server Protocol", appendix I; bits 0 to 4 and 16 to 21 the same in the firmware's own comments.
// traccar/traccar WatchProtocolDecoder.java (decodeAlarm) reads bit 14 as a power cut and 22 as a fall.
struct WatchStatus: OptionSet {
    let rawValue: UInt32

    static let isLow = Self(rawValue: 1 << 0)
    static let isOffWrist = Self(rawValue: 1 << 3)
    static let sos = Self(rawValue: 1 << 16)
    static let lowBattery = Self(rawValue: 1 << 17)
    static let leftFence = Self(rawValue: 1 << 18)
    static let enteredFence = Self(rawValue: 1 << 19)
    static let takenOff = Self(rawValue: 1 << 20)
    static let fall = Self(rawValue: 1 << 21)
    /// Bit 22 is an abnormal heart rate to one maker, a blow to another and a fall to traccar; those above have no common meaning either.
    static let others = Self(rawValue: 0xFFC0_0000)
    /// What `AL` may be sent for besides: older watches raise it in the lower half, out of a fence, into it, or cut off their power.
    static let olderAlarms = Self(rawValue: 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14)
    static let alarms = Self(rawValue: 0xFFFF_0000)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Reads hexadecimal digits: four of older watches, eight of newer ones.
    init?(_ text: TextBytes) {
        guard (1...8).contains(text.count), text.isHex, let value = UInt32(text.string, radix: 16) else { return nil }
        rawValue = value
    }

    var text: String { String(rawValue, radix: 16) }
}
