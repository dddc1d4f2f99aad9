import VigilCore

/// A profile for a device that speaks no dialect of Vigil's, written from what is announced of it: a draft for whoever knows the device.
// Source: docs/profiles.md.
struct ProfileProposal {
    private let name: String
    private let device: String
    private let readings: [Announcement.Reading]
    private let place: Int
    /// The level of a number that is a part of the device's name; nil where it is no part of it.
    private let number: Int?

    /// Nil where no level of the topics can be the device's name.
    ///
    /// - Parameter device: the announcer's name of it.
    init?(of device: String, _ readings: [Announcement.Reading]) {
        guard let place = Self.place(of: device, in: readings.map(\.topic)) else { return nil }
        self.place = place
        number = Self.number(after: place, in: readings.map(\.topic))
        self.device = device
        self.readings = readings
        let letters = device.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        name = String(String(letters).split(separator: "-").joined(separator: "-").prefix(40))
    }

    /// The whole file.
    var text: String {
        var lines = [
            "dialect: \(Self.quoted(name.isEmpty ? "announced" : name))",
            "title: {zh-CN: \(Self.quoted(device)), en: \(Self.quoted(device))}",
            "source: \"what it announces for Home Assistant\"",
            "# What computes in its template, or is of a kind that is not known here, is left out: compare it with what the device sends.",
            "liveness: \(liveness.rawValue)",
        ]
        // A topic that begins with the device does not say by itself where its like speak.
        if place == 0, let first = readings.first?.topic.split(separator: "/", omittingEmptySubsequences: false).first {
            lines.append("filter: \(Self.quoted("\(first)/#"))")
        }
        lines.append("messages:")
        var seen: [String] = []
        for reading in readings {
            let topic = pattern(reading.topic)
            let key = "\(reading.field == nil) \(topic)"
            guard !seen.contains(key) else { continue }
            seen.append(key)
            lines.append("  - topic: \(Self.quoted(topic))")
            if number != nil { lines.append("    device: \"{device}/{number}\"") }
            if reading.field == nil { lines.append("    format: text") }
            lines.append("    facts:")
            for other in readings where (other.field == nil) == (reading.field == nil) && pattern(other.topic) == topic {
                lines.append("      - \(Self.fact(other))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What runs on a battery sleeps; a smoke detector does, whether it tells of its battery or not.
    private var liveness: LivenessClass {
        let kinds = Set(readings.map(\.kind))
        if kinds.contains(.smoke) { return .sleepySmoke }
        return kinds.isDisjoint(with: Self.batteries) ? .mains : .sleepy
    }

    private static let batteries: Set<ObservationKind> = [.battery_percent, .battery_low, .battery_mv]

    // MARK: Topics

    /// The level that is the device's: the one that is called like it, else the last that all topics share and that ends none of them.
    private static func place(of device: String, in topics: [String]) -> Int? {
        let paths = topics.map { $0.split(separator: "/", omittingEmptySubsequences: false) }
        guard let first = paths.first else { return nil }
        let shared = first.indices.prefix { index in paths.allSatisfy { index < $0.count - 1 && $0[index] == first[index] } }
        // What is a short number counts parts of a device, as in `zwave/Hall/Sensor/128/0/level`.
        return shared.first { first[$0] == device } ?? shared.last { !first[$0].isEmpty && !isPart(first[$0]) }
            ?? shared.last { !first[$0].isEmpty }
    }

    /// A number behind a first level may count devices of one system or parts of one device: nobody else's name stands in front, so it belongs to
    /// this one's.
    private static func number(after place: Int, in topics: [String]) -> Int? {
        let levels = topics.map { $0.split(separator: "/", omittingEmptySubsequences: false) }
        guard place == 0, let first = levels.first, first.count > 2, isPart(first[1]),
            levels.allSatisfy({ $0.count > 2 && $0[1] == first[1] })
        else { return nil }
        return 1
    }

    private static func isPart(_ level: Substring) -> Bool { level.utf8.count <= 3 && level.utf8.allSatisfy { (48...57).contains($0) } }

    private func pattern(_ topic: String) -> String {
        var levels = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        levels[place] = "{device}"
        if let number { levels[number] = "{number}" }
        return levels.joined(separator: "/")
    }

    // MARK: Facts

    /// What is an event where a profile says nothing else.
    private static let happening: Set<ObservationKind> = [.sos, .fall, .alarm_unspecified, .vibration]

    private static func fact(_ reading: Announcement.Reading) -> String {
        var parts = ["path: \(quoted(reading.field ?? "."))", "kind: \(reading.kind.rawValue)"]
        switch (reading.kind, reading.unit) {
        case (.meter_energy_wh, "kWh"), (.meter_water_l, "m³"), (.meter_gas_l, "m³"): parts.append("scale: 1000")
        default: break
        }
        // A state that has an end is repeated while it lasts: as events every repeat would ring.
        if reading.off != nil, Self.happening.contains(reading.kind) { parts.append("nature: level") }
        if let words = words(reading) { parts.append("words: {\(words)}") }
        return "{\(parts.joined(separator: ", "))}"
    }

    /// Nil where the value says it by itself: numbers, names of presses, `true` and `false`.
    private static func words(_ reading: Announcement.Reading) -> String? {
        guard reading.kind != .button, let on = reading.on, (on, reading.off) != ("true", "false") else { return nil }
        let values = reading.kind == .availability ? ("online", "offline") : ("true", "false")
        return "\(quoted(on)): \(values.0)" + (reading.off.map { ", \(quoted($0)): \(values.1)" } ?? "")
    }

    /// What came from the wire may be any text.
    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
