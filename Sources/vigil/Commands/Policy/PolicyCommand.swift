import ArgumentParser

/// `vigil policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Whom the configured policies would tell, when and how, before it matters.",
        subcommands: [SimulatePolicyCommand.self, LintPolicyCommand.self])
}
