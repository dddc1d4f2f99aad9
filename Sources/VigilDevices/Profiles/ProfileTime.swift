import VigilCore

extension Profile.Time {
    /// The time that a value states; nil for one that cannot be.
    func eventTime(_ value: Scalar) -> EventTime? {
        switch unit {
        case .milliseconds: value.number.flatMap { Int64(exactly: $0.rounded()) }.flatMap { EventTime(wireMilliseconds: $0) }
        case .seconds: value.number.flatMap { Int64(exactly: ($0 * 1000).rounded()) }.flatMap { EventTime(wireMilliseconds: $0) }
        case .iso8601: value.text.flatMap(written)
        case .auto: value.number.flatMap { EventTime(wireNumber: $0) } ?? value.text.flatMap(written)
        }
    }

    private func written(_ text: TextBytes) -> EventTime? {
        if let time = EventTime(iso8601: text) ?? EventTime(basicISO8601: text) { return time }
        guard let zone, text.count <= 32 else { return nil }
        var zoned = text.string + zone
        return zoned.withUTF8 { EventTime(iso8601: TextBytes(UnsafeRawBufferPointer($0))) }
    }
}

extension EventTime {
    /// The form without separators: `20151212T121212Z`.
    init?(basicISO8601 text: TextBytes) {
        guard text.count >= 15, text.bytes[8] == UInt8(ascii: "T") else { return nil }
        let (date, clock) = (text[0..<8].string, text[9..<15].string)
        guard date.utf8.count == 8, clock.utf8.count == 6 else { return nil }
        func part(_ text: String, _ range: Range<Int>) -> Substring.UTF8View {
            text.utf8.dropFirst(range.lowerBound).prefix(range.count)
        }
        let day = [part(date, 0..<4), part(date, 4..<6), part(date, 6..<8)].map { String(decoding: $0, as: UTF8.self) }
        let time = [part(clock, 0..<2), part(clock, 2..<4), part(clock, 4..<6)].map { String(decoding: $0, as: UTF8.self) }
        var whole = "\(day.joined(separator: "-"))T\(time.joined(separator: ":"))\(text[15..<text.count].string)"
        guard let read = whole.withUTF8({ EventTime(iso8601: TextBytes(UnsafeRawBufferPointer($0))) }) else { return nil }
        self = read
    }
}
