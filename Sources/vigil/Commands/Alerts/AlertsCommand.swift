import ArgumentParser

/// `vigil alerts`.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Shows alerts, and does with them what people do.",
        subcommands: [
            ListAlertsCommand.self, ShowAlertCommand.self, FollowAlertsCommand.self, AcceptCommand.self, DeclineCommand.self,
            SeenCommand.self,
            OnTheWayCommand.self, OnSceneCommand.self, HandOverCommand.self, CloseCommand.self, ReviewCommand.self,
            ReopenCommand.self, NoteCommand.self,
        ], defaultSubcommand: ListAlertsCommand.self)
}
