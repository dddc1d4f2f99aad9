import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts seen ID`.
struct SeenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seen", abstract: "Writes down that somebody has read it; that stops nothing.")

    @OptionGroup var target: CommandOptions

    func run() throws {
        try target.carryOut(.seen(target.alert)) { alert in alert.owner.map { Words.noted(ownedBy: $0) } ?? Words.seen }
    }
}
