import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts accept ID`.
struct AcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Takes responsibility for an alert; everyone who was told hears of it.")

    @OptionGroup var target: CommandOptions

    func run() throws {
        try target.carryOut(.accept(target.alert)) { alert in
            // A drill ends with its acceptance.
            if let closure = alert.closure { return Words.closed(closure.outcome) }
            guard alert.state != .raised, let owner = alert.owner else { return nil }
            return Words.taken(by: owner, within: target.wait(alert))
        }
    }
}
