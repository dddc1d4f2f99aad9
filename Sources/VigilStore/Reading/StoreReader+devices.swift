public import VigilCore

/// A device that speaks and that nobody has registered.
public struct UnclaimedDevice: Hashable, Sendable {
    public var address: DeviceAddress
    public var firstAt: EngineTime
    public var lastAt: EngineTime
    public var sightings: Int
    /// The beginning of its latest payload.
    public var sample: [UInt8]
    /// A message of it told of other devices alone.
    public var speaksForOthers: Bool
}

/// A frame that was not understood; its payload is cut to the sample's length.
public struct QuarantineSample: Hashable, Sendable {
    public var sequence: Int64
    public var at: EngineTime
    /// nil when not even the sender could be told.
    public var address: DeviceAddress?
    public var frame: Frame
    /// Bytes of the whole payload.
    public var size: Int
    public var failure: DecodeFailure
}

/// Undecodable frames of a device; without an address, of everybody who has no counter of their own.
public struct UndecodableCount: Hashable, Sendable {
    public var address: DeviceAddress?
    public var frames: Int
    public var lastAt: EngineTime
}

/// How much there is of what was not understood.
public struct QuarantineSize: Hashable, Sendable {
    /// Devices with a counter, and the one for everybody else.
    public var counts: Int
    public var samples: Int
}

extension StoreReader {
    /// Most recently seen first.
    public func unclaimed(limit: Int = 1000) async throws(StoreError) -> [UnclaimedDevice] {
        try await read("list unclaimed devices") { try UnclaimedTable.fetch(limit: limit, in: $0) }
    }

    /// What is announced of devices that the registry does not know, in the order of the topics.
    public func announcements() async throws(StoreError) -> [Announcement] {
        try await read("list announced devices") { try AnnouncementTable.fetch(in: $0) }
    }

    /// Newest first.
    public func quarantine(limit: Int = 100) async throws(StoreError) -> [QuarantineSample] {
        try await read("list undecodable frames") { try QuarantineTable.samples(limit: limit, in: $0) }
    }

    /// Most frames first.
    public func undecodableCounts(limit: Int = 100) async throws(StoreError) -> [UndecodableCount] {
        try await read("count undecodable frames") { try QuarantineTable.counts(limit: limit, in: $0) }
    }

    public func quarantineSize() async throws(StoreError) -> QuarantineSize {
        try await read("count what is kept of undecodable frames") { try QuarantineTable.size(in: $0) }
    }

    /// The last test of each device, in order of their addresses.
    public func tests() async throws(StoreError) -> [DeviceTest] {
        try await read("list tests of devices") { try DeviceTestTable.fetch(in: $0) }
    }

    /// The last visit to each resident, in order of their ids.
    public func visits() async throws(StoreError) -> [Visit] {
        try await read("list visits") { try VisitTable.fetch(in: $0) }
    }

    /// The registry of the highest version; nil before the first import.
    public func registry() async throws(StoreError) -> Registry? {
        try await read("read the registry") { try VersionTable.registry(in: $0) }
    }

    /// The rules of the highest version; nil before the first start.
    public func rules() async throws(StoreError) -> RuleSet? {
        try await read("read the rules") { try VersionTable.rules(in: $0) }
    }
}
