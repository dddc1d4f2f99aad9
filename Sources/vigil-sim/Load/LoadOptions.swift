import ArgumentParser

/// What `flood` and `burst` have in common.
struct LoadOptions: ParsableArguments {
    @Option(help: "The broker, as HOST:PORT.")
    var broker: BrokerAddress

    @Option(help: "How many messages.")
    var count = 10_000

    @Option(help: "Over how many devices they are spread, one after the other.")
    var devices = 100

    @Option(help: "The devices' names begin with this; motion gives motion-0001, as in the demo registry.")
    var prefix = "motion"

    @Option(help: "How many messages may wait for their acknowledgement.")
    var inFlight = 200

    @Option(help: "The name of this run: markers are RUN-00000001 and so on. Without it, one that was not used before.")
    var run: String?

    @Option(help: "Append the marker of each acknowledged message to this file.")
    var ackedLog: String?

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be at least 1, not \(count)") }
        guard (1...Household.maximum).contains(devices) else {
            throw ValidationError("--devices must be 1 to \(Household.maximum), not \(devices)")
        }
        // The library numbers messages with 16 bits.
        guard (1...60_000).contains(inFlight) else { throw ValidationError("--in-flight must be 1 to 60000, not \(inFlight)") }
        let isMarker = { (character: Character) in character.isASCII && (character.isLetter || character.isNumber || character == "-") }
        guard run?.allSatisfy(isMarker) ?? true else { throw ValidationError("--run may hold letters, digits and hyphens only") }
    }
}
