import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts close ID --outcome CODE`.
struct CloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Closes an alert with what came of it.",
        discussion: "Outcomes: \(OutcomeCode.ofHumans.map(\.rawValue).joined(separator: ", ")).")

    @OptionGroup var target: CommandOptions

    @Option(help: ArgumentHelp("What came of it.", valueName: "code"), transform: Self.outcome)
    var outcome: OutcomeCode

    @Option(help: ArgumentHelp("A few words for the record.", valueName: "text"))
    var note = ""

    private static func outcome(_ word: String) throws -> OutcomeCode {
        if let outcome = OutcomeCode(rawValue: word) { return outcome }
        let hint = SettingFault.hint(word, among: OutcomeCode.ofHumans.map(\.rawValue))
        throw ValidationError("unknown outcome \(SettingFault.quoted(word))\(hint)")
    }

    func run() throws {
        try target.carryOut(.close(target.alert, outcome: outcome, note: note)) { alert in
            alert.closure.map { Words.closed($0.outcome) }
        }
    }
}
