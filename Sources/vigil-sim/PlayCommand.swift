import ArgumentParser
import Foundation

/// `vigil-sim play`: the compressed day of a community.
struct PlayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Plays a compressed day of a community.",
        discussion: """
            At speed 1 a whole day takes two minutes; when it is over the next one begins. The story happens on the first day. \
            The same seed and the same households give the same day.

            Names: residents r0001.., dwellings d0001.., bands band-0001.., Zigbee devices motion-0001, door-0001, smoke-0001 and \
            button-0001 (the SOS button), numbered like the homes.
            """)

    @Option(help: "The broker, as HOST:PORT. Required unless --dry-run.")
    var broker: BrokerAddress?

    @Option(help: "How many homes; each has a resident with a band, and four Zigbee devices.")
    var households = 36

    @Option(help: "The same seed plays the same day.")
    var seed: UInt64 = 1

    @Option(help: "How much faster than a day in two minutes: 1, 2x, 0.5.")
    var speed = PlaySpeed.normal

    @Option(help: "demo: two falls, an SOS, a kitchen fire and a silent band; quiet: daily life only; none: devices that only exist.")
    var story = Story.demo

    @Option(help: "How long to play: 90s, 10m, 8h. Without it the day goes on until Ctrl-C.")
    var duration: PlayLength?

    @Flag(help: "Print what each home does, as the story of the ground truth, to standard error.")
    var verbose = false

    @Flag(help: "Print only what the story does, to standard error.")
    var tellStory = false

    @Flag(
        help: """
            Publish nothing: print the messages as JSON lines, as `vigil replay` reads them, with every receipt taken for granted.
            """)
    var dryRun = false

    func validate() throws {
        guard (1...Household.maximum).contains(households) else {
            throw ValidationError("--households must be 1 to \(Household.maximum), not \(households)")
        }
        guard story != .demo || households >= DemoStory.households else {
            throw ValidationError(
                "--story demo plays in homes up to number \(DemoStory.households): give --households \(DemoStory.households) or more, or --story quiet"
            )
        }
        guard dryRun || broker != nil else {
            throw ValidationError("--broker HOST:PORT is missing; --dry-run needs none")
        }
        guard !dryRun || duration != nil else {
            throw ValidationError("--dry-run would never end: give --duration, such as --duration 120s")
        }
    }

    private var scope: Narrator.Scope { verbose ? .everything : tellStory ? .story : .nothing }

    func run() throws {
        let plan = Plan(households: households, seed: seed, speed: speed, story: story, length: duration?.length)
        if dryRun {
            try DryRun(plan: plan, scope: scope).run()
        } else if let broker {
            try Player(plan: plan, broker: broker, scope: scope).run()
        }
    }
}
