import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts on-the-way ID`.
struct OnTheWayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "on-the-way", abstract: "Says that the owner is on the way, which gives more time.")

    @OptionGroup var target: CommandOptions

    func run() throws {
        try target.carryOut(.onTheWay(target.alert)) { alert in
            guard alert.state == .attending, let owner = alert.owner else { return nil }
            return Words.onTheWay(owner, within: target.wait(alert))
        }
    }
}
