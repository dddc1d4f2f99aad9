/// Bytes that the store sends to the disk for each byte of payload, on a site of 500 devices and 50 messages a second.
///
/// The turns of those minutes are committed one after the other without waiting: the same rows, commits, checkpoints and snapshots.
struct FlashWear {
    let scratch: Scratch

    private static let minutes = 30

    func measure() throws -> [Figure] {
        let directory = try scratch.directory("wear")
        let writer = try Child.ofOwn(
            ["child-wear", directory, "--minutes", "\(Self.minutes)", "--devices", "500", "--rate", "50"], log: directory + "/wear.log")
        let numbers = try writer.outputToTheEnd().split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 2, numbers[0] > 0 else {
            throw BenchFailure("nothing was written to the disk; is \(directory) in memory? choose another place with --scratch")
        }
        return [
            Figure(
                name: "flash wear", measured: numbers[0] / numbers[1], unit: "bytes per byte", requirement: .atMost(5),
                note: """
                    \(Self.minutes) minutes by count: \(Figure.text(numbers[0] / 1e6)) MB written for \(Figure.text(numbers[1] / 1e6)) MB of \
                    payload, snapshots and checkpoints included, the file system's own journal not
                    """)
        ]
    }
}
