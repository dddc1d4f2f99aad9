import ArgumentParser
import VigilConsole

/// `vigil ble adapters`.
struct ListAdaptersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapters", abstract: "Lists the adapters of the configuration, and how much each of them hears.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let report = try options.client.get("/v1/ble?limit=1", BluetoothReport.self)
        try options.print(report.adapters, text: BluetoothText(options.lang, width: TextTable.widthOfOutput).adapters(report))
    }
}
