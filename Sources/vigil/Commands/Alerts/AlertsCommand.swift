import ArgumentParser

/// `vigil alerts`.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Shows alerts, and does with them what people do.",
        subcommands: [
            ListAlertsCommand.self, ShowAlertCommand.self, FollowAlertsCommand.self, AcceptCommand.self, DeclineCommand.self,
            OnTheWayCommand.self, OnSceneCommand.self, CloseCommand.self, NoteCommand.self,
        ], defaultSubcommand: ListAlertsCommand.self)
}
