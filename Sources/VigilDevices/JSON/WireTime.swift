import VigilCore

extension EventTime {
    /// Times outside are a broken clock or another unit, not a time: 2001-09-09 to 2100.
    private static let plausible: ClosedRange<Int64> = 1_000_000_000_000...4_102_444_800_000

    /// Milliseconds since 1970 as stated; nil where that cannot be.
    init?(wireMilliseconds value: Int64) {
        guard Self.plausible.contains(value) else { return nil }
        self.init(value)
    }

    /// Milliseconds or seconds since 1970, told apart by their size: in seconds 10^11 is the year 5138.
    init?(wireNumber value: Double) {
        guard let milliseconds = Int64(exactly: (value > 1e11 ? value : value * 1000).rounded()) else { return nil }
        self.init(wireMilliseconds: milliseconds)
    }

    /// A moment in ISO 8601 with its zone: `2026-04-17T23:33:17+08:00`, `2024-09-07T15:51:41.925Z`. A time without zone is none.
    init?(iso8601 text: TextBytes) {
        var reader = Reader(bytes: text.bytes)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"), let day = reader.digits(2),
            reader.take("T") || reader.take(" "), let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2),
            reader.take(":"), let second = reader.digits(2), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        let fraction = reader.take(".") ? reader.milliseconds() : 0
        guard let fraction, let offset = reader.zoneMinutes(), reader.isAtEnd else { return nil }
        let minutes = (Self.days(year, month, day) * 24 + hour) * 60 + minute - offset
        self.init(wireMilliseconds: Int64((minutes * 60 + second) * 1000 + fraction))
    }

    /// Days since 1970-01-01 of a date in the Gregorian calendar.
    // Source: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        private var position = 0

        init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
            position += 1
            return true
        }

        private mutating func digit() -> Int? {
            guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
            position += 1
            return Int(bytes[position - 1] - 0x30)
        }

        mutating func digits(_ count: Int) -> Int? {
            var value = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// The digits of a fraction of a second, cut after the third; at most nanoseconds.
        mutating func milliseconds() -> Int? {
            var value = 0
            var count = 0
            while let digit = digit() {
                if count < 3 { value = value * 10 + digit }
                count += 1
                guard count <= 9 else { return nil }
            }
            guard count > 0 else { return nil }
            return value * [1, 100, 10, 1][min(count, 3)]
        }

        /// Minutes east of Greenwich.
        mutating func zoneMinutes() -> Int? {
            if take("Z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = digits(2) else { return nil }
            _ = take(":")
            guard let minutes = digits(2), hours <= 14, minutes < 60 else { return nil }
            return sign * (hours * 60 + minutes)
        }
    }
}
