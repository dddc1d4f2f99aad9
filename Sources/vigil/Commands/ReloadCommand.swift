import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil reload`.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Lets the daemon read its configuration again; a faulty one is refused and the old one stays.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let result = try options.client.post("/v1/reload", bytes: [], ReloadResult.self)
        options.warn(result.warnings)
        try options.print(result, text: Words.reloaded(result.rulesVersion ?? 0)[options.lang])
    }
}
