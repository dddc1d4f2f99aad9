public import VigilCore

/// What can be chosen when a store is opened.
public struct StoreOptions: Sendable {
    /// How much of the file is read and checked before it is used.
    public enum Verification: Sendable {
        case none
        /// `PRAGMA quick_check`: every page and row, without the indexes.
        case quick
        /// `PRAGMA integrity_check`: the indexes and foreign keys as well.
        case full
    }

    public var verification = Verification.none
    /// Blocks kept aside for the day when the disk is full; 0 keeps none.
    public var ballastBytes = 64 << 20
    /// How long a commit waits for a foreign lock.
    public var busyTimeout = Milliseconds.seconds(5)
    /// Journal rows older than this are pruned as soon as nothing needs them.
    public var journalAge = Milliseconds.hours(24)
    /// Above this size of the database the journal is pruned whatever its age, down to what the snapshot needs.
    public var databaseBytes: Int64 = 1 << 30
    /// Rows that one slice of pruning deletes; a turn never waits for more than one slice.
    public var pruneSlice: Int64 = 500
    /// How often old journal rows are looked for.
    public var pruneInterval = Milliseconds.minutes(1)
    /// Pages in the write-ahead log from which on it is copied into the database, after the turn's result was told.
    public var checkpointPages = 4000
    /// Quiet time after which the write-ahead log is copied into the database, however short it is.
    public var idleTime = Milliseconds.seconds(5)
    /// Devices that the registry does not know; the least recently seen goes.
    public var unclaimedLimit = 1000
    /// Entries of discoveries; a full table takes nothing more.
    public var announcementLimit = 2000
    /// Devices whose undecodable frames are counted one by one; the rest share a counter.
    public var undecodableLimit = 1000
    /// Samples of undecodable frames, per device and in all; the oldest goes.
    public var quarantinePerDevice = 5
    public var quarantineLimit = 1000
    /// A sample is cut to this length.
    public var sampleBytes = 4096

    public init() {}
}
