import ArgumentParser
import VigilCore

/// A day that somebody types.
enum DayArgument {
    @Sendable
    static func day(_ text: String) throws -> CalendarDay {
        guard let day = CalendarDay(text: text) else {
            throw ValidationError("\(SettingFault.quoted(text)) is no day; write 2026-11-22")
        }
        return day
    }
}
