import ArgumentParser
import VigilCore
import VigilDaemon

/// `vigil policy simulate`.
struct SimulatePolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Shows who would be told when, on which channel, while nobody answers.",
        discussion: """
            The engine itself is asked, in virtual time: nothing is sent and nothing is stored. The alert stands alone: no silence is in \
            force, nobody was sent anything before, and every message arrives. It ends when the last step has repeated once.
            """)

    @Option(help: ArgumentHelp("What happens: fall, sos, smoke, or another kind that a rule raises.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("To whom.", valueName: "resident"))
    var resident: String?

    @Option(help: ArgumentHelp("In which dwelling, where it is nobody's in particular.", valueName: "dwelling"))
    var dwelling: String?

    @Option(help: ArgumentHelp("On which device, for alerts about devices.", valueName: "device"))
    var device: String?

    @Option(help: ArgumentHelp("To which part of the system itself: a source, a roster, the storage.", valueName: "name"))
    var part: String?

    @Option(help: "Another severity than the rule's own: red, yellow or blue.")
    var severity: Severity?

    @Option(
        help: ArgumentHelp("When, by the clock of the configuration: \"2026-12-01 03:00\". Now unless given.", valueName: "time"),
        transform: moment)
    var at: LocalMoment?

    @OptionGroup var policy: PolicyOptions

    private static func moment(_ text: String) throws -> LocalMoment {
        guard let moment = LocalMoment(text: text) else {
            throw ValidationError("\(SettingFault.quoted(text)) is no time of the calendar; write \"2026-12-01 03:00\"")
        }
        return moment
    }

    func validate() throws {
        if [resident, dwelling, device, part].compactMap({ $0 }).count != 1 {
            throw ValidationError("say to whom it happens: give one of --resident, --dwelling, --device and --part")
        }
    }

    func run() async throws {
        let language = policy.options.lang
        let (configuration, document) = try await policy.load()
        let simulator = PolicySimulator(registry: document.registry, rules: configuration.ruleSet(version: 1))
        let simulation: PolicySimulation
        do {
            let time = try time(zone: configuration.timeZone)
            simulation = try simulator.simulate(
                SimulationRequest(kind: AlertKind(kind), about: subject, severity: severity, at: time))
        } catch let refusal as Refusal {
            throw CommandFailure(.finding, refusal.words, language)
        }
        try policy.options.print(simulation, text: SimulationText(language, timeZone: simulation.timeZone).text(simulation))
    }

    private var subject: Subject {
        if let resident { return .resident(ResidentID(resident)) }
        if let dwelling { return .dwelling(DwellingID(dwelling)) }
        if let part { return .component(part) }
        return .device(DeviceID(device ?? ""))
    }

    private func time(zone: String) throws -> WallTime {
        guard let at else { return LocalClock.now }
        let time = at.instant(zone: zone)
        guard LocalMoment(at: time, zone: zone) == at else {
            throw CommandFailure(.usage, Words.noSuchTime(at.text, zone: zone), policy.options.lang)
        }
        return time
    }
}
