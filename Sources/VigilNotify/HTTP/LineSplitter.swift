/// Cuts a stream of bytes into lines; a line over the limit is left out, never kept in memory.
struct LineSplitter {
    private let limit: Int
    private var line: [UInt8] = []
    private var isSkipping = false
    /// Lines that were left out.
    private(set) var skipped = 0

    init(limit: Int) { self.limit = limit }

    /// Calls `onLine` for each line that is complete, without its line feed, until it returns false.
    ///
    /// - Returns: false when `onLine` wanted no more.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, onLine: ([UInt8]) -> Bool) -> Bool {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                defer {
                    line.removeAll(keepingCapacity: true)
                    isSkipping = false
                }
                if !isSkipping, !onLine(line) { return false }
            } else if !isSkipping {
                line.append(byte)
                if line.count > limit {
                    isSkipping = true
                    skipped += 1
                    line.removeAll(keepingCapacity: true)
                }
            }
        }
        return true
    }

    /// What stands after the last line feed, where it is anything.
    var rest: [UInt8]? { line.isEmpty ? nil : line }
}
