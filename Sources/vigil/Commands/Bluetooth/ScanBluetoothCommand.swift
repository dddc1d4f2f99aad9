import ArgumentParser
import VigilConsole

/// `vigil ble scan`.
struct ScanBluetoothCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Lists who was heard in the last ten minutes: registered devices first, the strongest of each first.",
        discussion: "A sensor that is to be registered: vigil devices claim ble:ADDRESS --as ID --resident RESIDENT")

    @Flag(help: "Also who says nothing that Vigil reads: phones, headsets, the neighbours' toothbrush.")
    var all = false

    @Option(help: ArgumentHelp("How many at most.", valueName: "number"), transform: NumberArgument.within(ListLimit.range))
    var limit = 50

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let report = try options.client.get("/v1/ble?limit=\(limit)&all=\(all)", BluetoothReport.self)
        try options.print(report, text: BluetoothText(options.lang, width: TextTable.widthOfOutput).scan(report, showsAll: all))
    }
}
