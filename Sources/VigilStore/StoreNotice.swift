/// What an operator should know of a store that opened all the same.
public enum StoreNotice: Sendable, CustomStringConvertible {
    /// This SQLite can damage a file when two connections write and checkpoint at once; one of ours writes, so nobody else may.
    case hasCheckpointBug(sqlite: String)
    /// There was no room for the ballast, or it could not be written.
    case hasNoBallast(StoreError)
    /// The process before this one was killed, or lost power.
    case wasNotClosed

    public var description: String {
        switch self {
        case .hasCheckpointBug(let version):
            "sqlite \(version) is older than 3.51.3 and can damage a database that two programs write to; never open it for writing while vigil runs"
        case .hasNoBallast(let error): "no ballast for a full disk: \(error)"
        case .wasNotClosed: "the last run did not end in order; everything it had acknowledged is here"
        }
    }
}
