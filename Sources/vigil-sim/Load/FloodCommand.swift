import ArgumentParser

/// `vigil-sim flood`: load at a steady rate.
struct FloodCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flood",
        abstract: "Publishes at a steady rate with QoS 1 and prints a JSON summary.",
        discussion: """
            Every message carries a marker that no other has, so that what the broker acknowledged can be compared with what the \
            gateway stored. slipped_seconds says by how much the slowest message missed its place in the schedule.
            """)

    @OptionGroup var load: LoadOptions

    @Option(help: "Messages per second.")
    var rate: Double = 2000

    func validate() throws {
        guard rate > 0, rate.isFinite else { throw ValidationError("--rate must be above 0, not \(rate)") }
    }

    func run() throws { try LoadRun(load, rate: rate).run() }
}
