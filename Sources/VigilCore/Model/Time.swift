// Clocks, each a type that the compiler keeps apart: what the device claims, when it arrived by the wall, and the engine's own
// time. Only the last one decides anything.

/// A length of time in whole milliseconds; written as an integer wherever it is stored.
public struct Milliseconds: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static let zero = Milliseconds(0)
    public static func seconds(_ count: Int64) -> Self { Self(clamping(count, times: 1000)) }
    public static func minutes(_ count: Int64) -> Self { Self(clamping(count, times: 60_000)) }
    public static func hours(_ count: Int64) -> Self { Self(clamping(count, times: 3_600_000)) }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public static func + (a: Self, b: Self) -> Self { Self(saturatingSum(a.rawValue, b.rawValue)) }
    public static func - (a: Self, b: Self) -> Self { Self(saturatingDifference(a.rawValue, b.rawValue)) }

    private static func clamping(_ count: Int64, times factor: Int64) -> Int64 {
        let (product, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow ? (count < 0 ? .min : .max) : product
    }

    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Int64.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// The engine's one time: milliseconds that never step back, driven by the monotonic clock.
///
/// Its origin is the wall clock at the first start, so a value reads like a date; after that the wall may step as it likes and is
/// only a label (`ClockReading`).
public struct EngineTime: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public static func + (time: Self, length: Milliseconds) -> Self { Self(saturatingSum(time.rawValue, length.rawValue)) }
    public static func - (time: Self, length: Milliseconds) -> Self {
        Self(saturatingDifference(time.rawValue, length.rawValue))
    }
    public static func - (a: Self, b: Self) -> Milliseconds { Milliseconds(saturatingDifference(a.rawValue, b.rawValue)) }

    /// The earlier of two times that may not be set.
    static func earlier(_ a: Self?, _ b: Self?) -> Self? {
        guard let a, let b else { return a ?? b }
        return min(a, b)
    }

    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Int64.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Milliseconds since 1970 by the box's wall clock: a label for people. Only what people live by asks it, who is on duty and who sleeps, and
/// what a device's claim of time is worth (`DeviceClock`).
public struct WallTime: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Int64.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Milliseconds since 1970 as a device claims them: data beside the fact. It decides nothing but whether the fact is told as late.
public struct EventTime: RawRepresentable, Hashable, Codable, Sendable {
    /// What arrives later than this after it happened is told as late (`promises.md`, B5).
    static let lateAfter = Milliseconds.minutes(10)

    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Whether it is late by its own word alone: a device whose clock is known to be wrong is believed less.
    public func isLate(arrivingAt wall: WallTime) -> Bool {
        Milliseconds(saturatingDifference(wall.rawValue, rawValue)) > Self.lateAfter
    }

    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Int64.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Milliseconds of the kernel's boot clock (CLOCK_BOOTTIME), suspend included; the shell turns it into engine time.
public struct BootTime: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public static func - (a: Self, b: Self) -> Milliseconds { Milliseconds(saturatingDifference(a.rawValue, b.rawValue)) }

    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Int64.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// a + b, held at the ends of the range: times come from files and from the wire.
func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (a < 0 ? .min : .max) : sum
}

/// a - b, held at the ends of the range.
func saturatingDifference(_ a: Int64, _ b: Int64) -> Int64 {
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? (a < 0 ? .min : .max) : difference
}
