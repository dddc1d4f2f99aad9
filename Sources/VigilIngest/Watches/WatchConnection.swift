import VigilCore

/// One watch's connection: what came, what is owed to it, and since when it is silent.
final class WatchConnection {
    /// A watch that reads none of its answers is gone.
    private static let mostOutput = 8 * 1024

    let socket: StreamSocket
    private let openedAt: BootTime
    private var heardAt: BootTime
    private var frameBeganAt: BootTime?
    private(set) var hasSpoken = false
    private var framing = WatchFraming()
    /// Answers to frames that are not stored yet.
    private var owed: [[UInt8]] = []
    private var output: ArraySlice<UInt8> = []

    init(_ socket: StreamSocket, at time: BootTime) {
        self.socket = socket
        openedAt = time
        heardAt = time
    }

    /// Bytes that were no frames.
    var skipped: Int { framing.skipped }
    var wantsWrite: Bool { !output.isEmpty }

    /// Whoever said nothing yet makes room first, then whoever said nothing for longest.
    func isLesser(than other: WatchConnection) -> Bool {
        hasSpoken == other.hasSpoken ? heardAt.rawValue < other.heardAt.rawValue : !hasSpoken
    }

    /// When it is closed if nothing comes.
    func deadline(_ configuration: WatchListenerConfiguration) -> BootTime {
        if let frameBeganAt { return frameBeganAt + configuration.patience }
        return hasSpoken ? heardAt + configuration.idleTimeout : openedAt + configuration.patience
    }

    /// Takes bytes in.
    ///
    /// - Parameter promises: whether answers will be released once their frames are stored. Where nothing can be stored only heartbeats are
    ///   answered: without that a watch would fall silent.
    func take(_ bytes: ArraySlice<UInt8>, at time: BootTime, promises: Bool, _ handle: (_ id: String, _ frame: [UInt8]) -> Void) {
        framing.take(bytes) { frame in
            guard let head = WatchHead(frame) else { return false }
            hasSpoken = true
            heardAt = time
            if let answer = head.answer {
                if promises { owed.append(answer) } else if head.isHeartbeat { output += answer }
            }
            handle(head.id, Array(frame))
            return true
        }
        if !framing.isWithinFrame { frameBeganAt = nil } else if frameBeganAt == nil { frameBeganAt = time }
    }

    /// Everything that came is stored.
    func release() {
        for answer in owed { output += answer }
        owed = []
    }

    /// Nothing of it will be: the watch says it again.
    func forget() { owed = [] }

    /// Writes what the peer takes. Returns whether it is there still.
    func flush() -> Bool {
        while !output.isEmpty {
            guard let count = socket.send(output) else { return false }
            if count == 0 { break }
            output = output.dropFirst(count)
        }
        if output.isEmpty { output = [] }
        return output.count <= Self.mostOutput
    }
}
