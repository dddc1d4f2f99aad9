import ArgumentParser

/// `vigil-sim burst`: load as fast as acknowledgements allow.
struct BurstCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "burst",
        abstract: "Publishes as fast as the broker acknowledges with QoS 1 and prints a JSON summary.")

    @OptionGroup var load: LoadOptions

    func run() throws { try LoadRun(load, rate: nil).run() }
}
