/// Cuts a stream of bytes into frames, from `[` to `]`; what stands between them is skipped and counted.
///
/// The length that a frame declares is not looked at: it is wrong in many. Within a frame brackets are escaped.
struct WatchFraming {
    /// A position with its networks has a few hundred bytes, a minute of speech some tens of thousands.
    static let longestFrame = 32 * 1024

    private var frame: [UInt8] = []
    private var isTooLong = false
    /// Bytes that belonged to no frame, to one that was too long, or to none that can be read.
    private(set) var skipped = 0

    /// A frame has begun and not ended.
    var isWithinFrame: Bool { !frame.isEmpty || isTooLong }

    /// Takes bytes in.
    ///
    /// - Parameter handle: gets the frames that they complete; returns whether it was one.
    mutating func take(_ bytes: some Sequence<UInt8>, _ handle: (ArraySlice<UInt8>) -> Bool) {
        for byte in bytes {
            if isTooLong {
                skipped &+= 1
                if byte == UInt8(ascii: "]") { isTooLong = false }
            } else if frame.isEmpty {
                if byte == UInt8(ascii: "[") { frame.append(byte) } else { skipped &+= 1 }
            } else {
                frame.append(byte)
                if byte == UInt8(ascii: "]") {
                    if !handle(frame[...]) { skipped &+= frame.count }
                    frame.removeAll(keepingCapacity: frame.count <= 1024)
                } else if frame.count >= Self.longestFrame {
                    skipped &+= frame.count
                    frame = []
                    isTooLong = true
                }
            }
        }
    }
}
