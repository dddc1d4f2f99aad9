import VigilCore

/// Frames on their way to whoever stores them: numbered when they are handed over, and bounded while they wait and while they are not released.
struct FrameQueue {
    /// A batch has so many frames at most: an alarm in it must not wait for the rest.
    static let batchLimit = 256
    /// Frames in bytes, bookkeeping included, that are handed over and not released.
    private static let unreleasedLimit = 8 * 1024 * 1024
    /// The same of frames that wait to be handed over: many minutes of what registered devices say.
    private static let waitingLimit = 4 * 1024 * 1024
    private static let frameOverhead = 256

    private var waiting: [Frame] = []
    private var waitingBytes = 0
    private var unreleasedBytes = 0
    private(set) var lastRead: UInt64 = 0
    private(set) var released: UInt64 = 0
    private(set) var isHeld = false
    /// Nothing that is read will be released.
    private(set) var isUnreleased = false

    /// No frame is taken any more.
    var isFull: Bool { waitingBytes >= Self.waitingLimit }
    var isEmpty: Bool { waiting.isEmpty }

    mutating func add(_ frame: Frame) {
        waiting.append(frame)
        waitingBytes += frame.payload.count + Self.frameOverhead
    }

    /// The next frames to be handed over; nil where there are none, or none may be.
    mutating func next() -> [Frame]? {
        guard !isHeld, unreleasedBytes < Self.unreleasedLimit, !waiting.isEmpty else { return nil }
        let frames = Array(waiting.prefix(Self.batchLimit))
        waiting.removeFirst(frames.count)
        let bytes = frames.reduce(0) { $0 + $1.payload.count + Self.frameOverhead }
        waitingBytes -= bytes
        if !isUnreleased { unreleasedBytes += bytes }
        lastRead += UInt64(frames.count)
        return frames
    }

    mutating func hold() {
        isHeld = true
        isUnreleased = false
    }

    mutating func release() {
        isHeld = false
        unreleasedBytes = 0
        released = lastRead
    }

    mutating func readOn() {
        isHeld = false
        isUnreleased = true
        unreleasedBytes = 0
    }
}
