import VigilCore

extension Frame {
    /// The payload of a system that speaks in text, without what firmwares put around it: a byte order mark before it, white space and the NUL of a
    /// C string behind it.
    // Source: RFC 8259, section 8.1 (a parser may ignore the mark); tuanpmt/espduino#10 ("ON" arrives with two NULs),
    // monstrenyatko/ArduinoMqtt#16 and collectd/collectd#4005 (the text's own NUL is sent).
    var body: [UInt8] {
        let isMarked = payload.starts(with: [0xEF, 0xBB, 0xBF])
        guard isMarked || payload.last.map(Self.isFiller) == true else { return payload }
        let unmarked = payload[(isMarked ? 3 : 0)...]
        guard let last = unmarked.lastIndex(where: { !Self.isFiller($0) }) else { return [] }
        return Array(unmarked[...last])
    }

    private static func isFiller(_ byte: UInt8) -> Bool { byte == 0 || byte == 0x20 || (0x09...0x0D).contains(byte) }
}
