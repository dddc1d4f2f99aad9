import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts decline ID`.
struct DeclineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Gives an alert back; escalation goes on at once.",
        discussion: "Whoever was asked and cannot come may decline too: that is recorded, and escalation goes on as before.")

    @OptionGroup var target: CommandOptions

    func run() throws {
        try target.carryOut(.decline(target.alert)) { alert in
            alert.owner.map { Words.declined($0) } ?? Words.withdrawn
        }
    }
}
