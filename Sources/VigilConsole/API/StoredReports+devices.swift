public import VigilCore
import VigilStore

/// Which registered devices to list.
public struct DeviceFilter: Hashable, Sendable {
    public var state: DeviceCondition.State?
    public var dwelling: DwellingID?
    public var resident: ResidentID?
    public var dialect: Dialect?
    public var limit: Int

    public init(
        state: DeviceCondition.State? = nil, dwelling: DwellingID? = nil, resident: ResidentID? = nil, dialect: Dialect? = nil,
        limit: Int = 1000
    ) {
        self.state = state
        self.dwelling = dwelling
        self.resident = resident
        self.dialect = dialect
        self.limit = limit
    }

    func fits(_ report: DeviceReport) -> Bool {
        (state ?? report.state) == report.state && (dwelling == nil || dwelling == report.dwelling)
            && (resident == nil || resident == report.resident) && (dialect ?? report.dialect) == report.dialect
    }
}

/// Asks the engine what it made of frames, by their places in the journal.
public typealias VerdictsOfFrames = @Sendable (Set<Int64>) async -> [Int64: FrameVerdict]

extension StoredReports {
    /// How many of a device's last messages are shown.
    private static let frameCount = 10
    /// How many messages of everybody are looked through for them.
    private static let lookedThrough = 100_000
    private static let mostOthers = 20

    /// - Parameter now: As of when the conditions are known.
    public func devices(
        _ conditions: [DeviceCondition], in registry: Registry, _ filter: DeviceFilter, asOf now: WallTime
    ) -> DeviceList {
        let (homes, names) = (registry.homes, registry.dwellingNames)
        let devices = conditions.lazy.map { DeviceReport($0, homes: homes, names: names, clock: clock, asOf: now) }
        return DeviceList(
            devices: Array(devices.filter(filter.fits).prefix(filter.limit)), total: conditions.count, asOf: now, timeZone: timeZone)
    }

    /// nil for a device that is not registered.
    ///
    /// - Parameter verdicts: what the engine made of frames; asked after the journal was read, so that it knows of all of them.
    public func device(
        _ id: DeviceID, _ conditions: [DeviceCondition], in registry: Registry, rules: RuleSet, decoders: [any PayloadDecoder],
        asOf now: WallTime, verdicts: VerdictsOfFrames
    ) async throws -> DeviceDetailReport? {
        guard let condition = conditions.first(where: { $0.device.id == id }) else { return nil }
        let reader = FrameReader(rules, decoders: decoders, registry: registry)
        let address = condition.device.address
        let found = try await self.reader.frames(count: Self.frameCount, lookingThrough: Self.lookedThrough) { frame in
            reader.read(frame)?.concerns(address) ?? false
        }
        let tests = unrecorded.tests(over: try await self.reader.tests())
        func after(_ length: Milliseconds?) -> WallTime? {
            guard let length, let last = condition.lastHeardAt else { return nil }
            return clock.wall(at: last + length)
        }
        return DeviceDetailReport(
            device: DeviceReport(condition, homes: registry.homes, names: registry.dwellingNames, clock: clock, asOf: now),
            model: condition.device.model, via: condition.device.via, staleAt: after(condition.device.staleAfter),
            deadAt: after(condition.device.deadAfter),
            testedAt: tests[address].map { clock.wall(at: $0.testedAt) },
            values: condition.values.map { value in
                DeviceDetailReport.Value(kind: value.kind, value: value.value, at: value.at.map { clock.wall(at: $0) })
            },
            frames: await reports(found.frames, reader, verdicts), lookedThrough: found.lookedThrough, lastSequence: found.lastSequence,
            asOf: now,
            timeZone: timeZone)
    }

    /// What was heard after a row of the journal.
    public func heard(
        after sequence: Int64, of address: DeviceAddress, in registry: Registry, rules: RuleSet, decoders: [any PayloadDecoder],
        verdicts: VerdictsOfFrames
    ) async throws -> HeardReport {
        let reader = FrameReader(rules, decoders: decoders, registry: registry)
        let all = try await self.reader.frames(after: sequence, count: Self.lookedThrough, lookingThrough: Self.lookedThrough) {
            frame in
            reader.address(of: frame) != nil
        }
        var own: [StampedInput] = []
        var counts: [DeviceAddress: Int] = [:]
        for stamped in all.frames {
            guard case .frame(let frame) = stamped.input, let reading = reader.read(frame) else { continue }
            if reading.concerns(address) {
                if own.count < Self.frameCount { own.append(stamped) }
            } else {
                counts[reading.address, default: 0] += 1
            }
        }
        let ids = Dictionary(registry.devices.map { ($0.address, $0.id) }) { first, _ in first }
        let others = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostOthers).map {
            HeardReport.Other(dialect: $0.key.dialect, address: $0.key.name, device: ids[$0.key], frames: $0.value)
        }
        return HeardReport(
            frames: await reports(own, reader, verdicts), others: others, lastSequence: all.lastSequence, timeZone: timeZone)
    }

    private func reports(_ inputs: [StampedInput], _ reader: FrameReader, _ verdicts: VerdictsOfFrames) async -> [FrameReport] {
        let verdicts = await verdicts(Set(inputs.map(\.sequence)))
        return inputs.compactMap { stamped in
            guard case .frame(let frame) = stamped.input, let reading = reader.read(frame) else { return nil }
            return FrameReport(stamped, frame, reading, verdicts[stamped.sequence], clock: clock)
        }
    }
}

extension Registry {
    /// Where each resident lives.
    fileprivate var homes: [ResidentID: DwellingID] { Dictionary(residents.map { ($0.id, $0.dwelling) }) { first, _ in first } }

    /// The homes by their ids, as people say them.
    fileprivate var dwellingNames: [DwellingID: String] {
        let homes = community.grids.flatMap(\.buildings).flatMap(\.units).flatMap(\.dwellings)
        return Dictionary(homes.map { ($0.id, $0.name) }) { first, _ in first }
    }
}
