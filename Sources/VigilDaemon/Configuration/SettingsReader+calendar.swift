import Foundation
import VigilCore

// Dates, times and zones as people write them.

extension SettingsReader {
    /// An IANA name; nil where there is none, or none that is known.
    mutating func timeZone(_ key: String) -> String? {
        guard let name = line(key) else { return nil }
        let known = TimeZone.knownTimeZoneIdentifiers
        guard name != "UTC", !known.contains(name) else { return name }
        let hint = SettingFault.hint(name, among: known)
        fault(
            at: mark(of: key), key: key,
            "unknown time zone \(SettingFault.quoted(name))\(hint.isEmpty ? "; write an IANA name such as Asia/Shanghai" : hint)")
        return nil
    }

    mutating func requiredTimeOfDay(_ key: String) -> TimeOfDay? {
        guard let text = requiredLine(key, "\"08:00\"") else { return nil }
        if let time = TimeOfDay(text: text) { return time }
        fault(at: mark(of: key), key: key, "\(SettingFault.quoted(text)) is no time of day; write \"00:00\" to \"24:00\"")
        return nil
    }

    mutating func requiredMoment(_ key: String) -> LocalMoment? {
        guard let text = requiredLine(key, "2026-02-17 08:00") else { return nil }
        if let moment = LocalMoment(text: text) { return moment }
        fault(at: mark(of: key), key: key, "\(SettingFault.quoted(text)) is no day and time; write 2026-02-17 08:00")
        return nil
    }

    mutating func days(_ key: String) -> [(day: CalendarDay, path: String, mark: Setting.Mark?)] {
        texts(key).enumerated().compactMap { index, found in
            let path = "\(key)[\(index)]"
            if let day = CalendarDay(text: found.text) { return (day, path, found.mark) }
            fault(at: found.mark, key: path, "\(SettingFault.quoted(found.text)) is no day of the calendar; write 2026-02-17")
            return nil
        }
    }

    /// Days of the week; all of them where the key is missing.
    mutating func weekdays(_ key: String) -> [Weekday] {
        guard setting(key) != nil else { return Weekday.allCases }
        let names = texts(key)
        if names.isEmpty { fault(at: mark(of: key), key: key, "names no day; write [mon, tue], or remove the key for every day") }
        return names.enumerated().compactMap { index, found in
            if let day = Weekday(rawValue: found.text) { return day }
            let hint = SettingFault.hint(found.text, among: Weekday.allCases.map(\.rawValue))
            fault(at: found.mark, key: "\(key)[\(index)]", "unknown day \(SettingFault.quoted(found.text))\(hint)")
            return nil
        }
    }
}
