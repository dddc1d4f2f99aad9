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
            // Accepted once more on the way or on the scene, it stays so.
            let words = alert.state == .attending ? Words.attending(_:within:) : Words.taken(by:within:)
            return words(owner, target.wait(alert))
        }
    }
}
