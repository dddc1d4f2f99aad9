import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil devices show ID`.
struct ShowDeviceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one device: where it belongs, when it was heard, what it said last, raw and decoded.",
        discussion: "Without a running daemon its store is read, as of the end of its record.")

    @Argument(help: "The device's id.")
    var id: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let report = try await report()
        try options.print(report, text: DeviceDetailText(options.lang, timeZone: report.timeZone).text(report))
    }

    private func report() async throws -> DeviceDetailReport {
        guard options.client.isAnswered else {
            return try await OfflineDevices(configuration: ConfigurationFile.load(options.config)).device(DeviceID(id), options.lang)
        }
        return try options.client.get("/v1/devices/\(ControlClient.piece(id))", DeviceDetailReport.self)
    }
}
