import VigilCore

// How the inputs that people rarely write look in a line: plain words and numbers, independent of how the core spells its types.

struct ClockForm: Codable {
    let wallOffset: Milliseconds
    let isTrusted: Bool

    var reading: ClockReading { ClockReading(wallOffset: wallOffset, isTrusted: isTrusted) }

    init(_ reading: ClockReading) {
        wallOffset = reading.wallOffset
        isTrusted = reading.isTrusted
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case wallOffset = "wall_offset_ms"
        case isTrusted = "trusted"
    }

    init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        wallOffset = try fields.decode(Milliseconds.self, forKey: .wallOffset)
        isTrusted = try fields.decodeIfPresent(Bool.self, forKey: .isTrusted) ?? true
    }
}

struct StartedForm: Codable {
    let boot: String
    let bootTime: BootTime
    let gap: Milliseconds?
    let clock: ClockForm

    var start: Start { Start(boot: boot, bootTime: bootTime, gap: gap, clock: clock.reading) }

    init(_ start: Start) {
        boot = start.boot
        bootTime = start.bootTime
        gap = start.gap
        clock = ClockForm(start.clock)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case boot
        case bootTime = "boot_time_ms"
        case gap = "gap_ms"
        case clock
    }

    init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        boot = try fields.decodeIfPresent(String.self, forKey: .boot) ?? ""
        bootTime = try fields.decodeIfPresent(BootTime.self, forKey: .bootTime) ?? BootTime(0)
        gap = try fields.decodeIfPresent(Milliseconds.self, forKey: .gap)
        // A replay's `at` is wall time unless the line says otherwise.
        clock =
            try fields.decodeIfPresent(ClockForm.self, forKey: .clock)
            ?? ClockForm(ClockReading(wallOffset: .zero, isTrusted: true))
    }
}

struct SeenForm: Codable {
    let dialect: Dialect
    let address: String
    let source: SourceID
    let count: Int

    var sighting: Sighting {
        Sighting(address: DeviceAddress(dialect: dialect, name: address), source: source, count: count)
    }

    init(_ sighting: Sighting) {
        dialect = sighting.address.dialect
        address = sighting.address.name
        source = sighting.source
        count = sighting.count
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dialect, address, source, count
    }

    init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        dialect = try fields.decode(Dialect.self, forKey: .dialect)
        address = try fields.decode(String.self, forKey: .address)
        source = try fields.decode(SourceID.self, forKey: .source)
        count = try fields.decodeIfPresent(Int.self, forKey: .count) ?? 1
    }
}

struct DeadlineForm: Codable {
    private struct Report: Codable {
        var source: SourceID
        var at: EngineTime
    }

    private let reports: [Report]

    var heardUntil: [HeardUntil] { reports.map { HeardUntil(source: $0.source, time: $0.at) } }

    init(_ heardUntil: [HeardUntil]) { reports = heardUntil.map { Report(source: $0.source, at: $0.time) } }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case reports = "heard_until"
    }

    init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        reports = try fields.decodeIfPresent([Report].self, forKey: .reports) ?? []
    }
}
