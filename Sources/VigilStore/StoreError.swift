/// Why the store could not do what was asked, told apart by what has to be done about it.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    /// What has to be done about it.
    public enum Kind: String, CaseIterable, Sendable {
        /// No space: works again once there is some; the ballast makes some.
        case full
        /// The file or its directory cannot be written.
        case readOnly
        /// Another process held a lock for longer than the busy timeout.
        case busy
        /// A read or write failed.
        case io
        /// The disk did not confirm that data is stored. What was written is unknown, and a second sync would lie: nothing more is
        /// written until the store is opened again with verification.
        case syncFailed
        /// The file is damaged.
        case corrupt
        /// The turn itself breaks a rule of the schema; the same turn never succeeds.
        case refused
        /// Another instance has the directory.
        case inUse
        /// Written by a newer Vigil.
        case newerSchema
        /// Not a database of Vigil's.
        case foreign
        /// The store was closed before.
        case closed
        case other
    }

    public let kind: Kind
    /// What was tried.
    public let action: String
    /// The file or directory.
    public let path: String
    /// SQLite's extended result code; 0 where SQLite was not asked.
    public let code: Int32
    /// The cause, in SQLite's or the system's words.
    public let cause: String

    public init(_ kind: Kind, action: String, path: String, code: Int32 = 0, cause: String) {
        self.kind = kind
        self.action = action
        self.path = path
        self.code = code
        self.cause = cause
    }

    public var description: String {
        "\(path): \(action): \(cause)\(code == 0 ? "" : " (sqlite \(code))"); \(remedy)"
    }

    /// What to do next, for an operator.
    public var remedy: String {
        switch kind {
        case .full: "free space on this file system; recording goes on by itself"
        case .readOnly: "make the file system and the directory writable for the daemon's user; recording goes on by itself"
        case .busy: "end the other process that holds a lock on this file (fuser shows it)"
        case .io: "look at the kernel log for errors of this disk, and replace it if there are any"
        case .syncFailed: "stop and start again with verification, and look at the kernel log for errors of this disk"
        case .corrupt: "vigil run keeps the file and begins anew with what can be read; look for the last good backup"
        case .refused: "this is a fault of the program; please report it with this message"
        case .inUse: "stop the other instance, or give this one a state directory of its own"
        case .newerSchema: "start the newer version again, or restore the backup made before the upgrade"
        case .foreign: "give the daemon a state directory of its own"
        case .closed: "open the store again"
        case .other: "please report it with this message"
        }
    }
}
