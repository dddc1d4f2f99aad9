public import VigilCore

/// What a source tells the gateway, in order, from its own thread.
///
/// Frames are numbered from 1 within the process, without holes: `lastRead` is the number of the last frame of the batch, and the
/// barrier of the acknowledgements is stated in the same numbers.
public enum SourceEvent: Sendable {
    /// A session stands. `isResumed` is the broker's `session_present`.
    case connected(isResumed: Bool)
    /// The connection is gone; a new one is being tried. Words for people.
    case disconnected(reason: String)
    /// What the broker does not let us hear, as topic filters; empty when it does again.
    case refused(filters: [String])
    case frames([Frame], lastRead: UInt64)
    /// The answer to `hold()`: nothing after `lastRead` has been read, nothing will be until the release.
    case held(lastRead: UInt64)
    /// Everything that the broker had for us until then was read: a ping that left after it was answered, the broker was free to
    /// send all it had, and no subscription was refused. CLOCK_BOOTTIME.
    case heard(until: BootTime)
    /// The broker is known to have processed the acknowledgements of all frames up to here: it answered a ping that left after
    /// them on the same connection.
    case confirmed(upTo: UInt64)
}
