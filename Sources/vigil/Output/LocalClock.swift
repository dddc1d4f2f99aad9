import Foundation
import Glibc
import VigilCore

/// Times as a clock on the wall beside the terminal shows them.
enum LocalClock {
    static var now: WallTime { WallTime(Int64(Date().timeIntervalSince1970 * 1000)) }

    /// `2026-11-22 14:02:07`.
    static func text(_ time: WallTime) -> String { format(time, "%Y-%m-%d %H:%M:%S") }

    /// `14:02:07`, and the day before it where that is not today.
    static func short(_ time: WallTime, now: WallTime) -> String {
        format(time, "%F") == format(now, "%F") ? format(time, "%H:%M:%S") : format(time, "%m-%d %H:%M:%S")
    }

    private static func format(_ time: WallTime, _ pattern: String) -> String {
        var seconds = time_t(time.rawValue / 1000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return "?" }
        var buffer = [CChar](repeating: 0, count: 64)
        let length = strftime(&buffer, buffer.count, pattern, &parts)
        return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `45s`, `12m`, `3h 05m`, `2d 4h`: as exact as anybody needs.
    static func age(of time: WallTime, now: WallTime) -> String {
        let seconds = max(0, (now.rawValue - time.rawValue) / 1000)
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400:
            let minutes = seconds / 60 % 60
            return "\(seconds / 3600)h \(minutes < 10 ? "0" : "")\(minutes)m"
        default: return "\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }

    /// How long until then, in whole seconds, rounded up: `3m`, `90s`.
    static func wait(until time: WallTime, now: WallTime) -> String {
        Milliseconds.seconds(max(0, (time.rawValue - now.rawValue + 999) / 1000)).text
    }
}
