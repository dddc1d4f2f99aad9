import ArgumentParser
import VigilCore
import VigilDaemon

/// `vigil policy lint`.
struct LintPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Names set-ups that are valid and dangerous, with what to do about each.",
        discussion: """
            Looks at policies, rules and rosters together with the people that they are for. Ends with 0 where there is nothing to name, with \
            1 otherwise. What is wrong rather than dangerous is named by vigil check.
            """)

    @OptionGroup var policy: PolicyOptions

    func run() async throws {
        let (configuration, document) = try await policy.load()
        let places = TrapPlaces(configuration: configuration.places, registry: document.places)
        let builtIn = configuration.policies.map(\.id).filter { configuration.places["policies.\($0)"] == nil }
        let traps = SetupLint.traps(
            in: configuration.ruleSet(version: 1), for: document.registry, builtIn: Set(builtIn), site: configuration.site)
        let report = LintReport(traps, places: places)
        try policy.options.print(report, text: report.text(policy.options.lang))
        if !report.traps.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
    }
}
