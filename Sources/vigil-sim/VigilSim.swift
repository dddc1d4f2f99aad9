import ArgumentParser

/// The simulator's program: a community of devices on a broker, in a story or as load.
///
/// It encodes by itself and shares no code with the gateway, so that a mistake in a decoder cannot hide behind its mirror image.
@main
struct VigilSim: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil-sim",
        abstract: "Plays a community of devices on an MQTT broker, exactly as real devices publish.",
        subcommands: [PlayCommand.self, FloodCommand.self, BurstCommand.self])
}
