import Glibc

/// The host to compare with: has a controller scan, and throws away what it tells.
struct RadioHost {
    private let descriptor: Int32

    init(port: Int) throws {
        guard let descriptor = Loopback.connect(port: port) else { throw BenchFailure("no controller on port \(port)") }
        self.descriptor = descriptor
        // Reset, LE Set Scan Parameters, LE Set Scan Enable.
        let commands: [[UInt8]] = [
            [0x01, 0x03, 0x0C, 0], [0x01, 0x0B, 0x20, 7, 0, 0xA0, 0, 0x90, 0, 0, 0], [0x01, 0x0C, 0x20, 2, 1, 0],
        ]
        for command in commands { _ = write(descriptor, command, command.count) }
    }

    /// Reads so many bytes. Returns when a tenth and when nine tenths of them were there.
    func discard(_ count: Int) throws -> (begin: Int64, end: Int64) {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        var got = 0
        var times: [Int64] = []
        while got < count {
            let read = Glibc.read(descriptor, &buffer, buffer.count)
            guard read > 0 else { throw BenchFailure("the controller hung up") }
            got += read
            if times.isEmpty && got >= count / 10 || times.count == 1 && got >= count / 10 * 9 { times.append(Stopwatch.now) }
        }
        guard let begin = times.first, let end = times.last, begin < end else { throw BenchFailure("it was read at once") }
        return (begin, end)
    }

    func hangUp() { close(descriptor) }
}
