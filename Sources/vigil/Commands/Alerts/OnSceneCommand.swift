import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts on-scene ID`.
struct OnSceneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "on-scene", abstract: "Says that the owner is there.")

    @OptionGroup var target: CommandOptions

    func run() throws {
        try target.carryOut(.onScene(target.alert)) { alert in
            guard alert.state == .attending, let owner = alert.owner else { return nil }
            return Words.onScene(owner, within: target.wait(alert))
        }
    }
}
