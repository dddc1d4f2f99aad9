import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil devices list`.
struct ListDevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists registered devices: where, how well they can be heard, battery.",
        discussion: "Without a running daemon its store is read, as of the end of its record.")

    @Option(help: "Only those in this state: \(DeviceCondition.State.allCases.map(\.rawValue).joined(separator: ", ")).")
    var state: DeviceCondition.State?

    @Option(help: ArgumentHelp("Only those in this flat.", valueName: "id"))
    var dwelling: String?

    @Option(help: ArgumentHelp("Only those that this resident wears or uses.", valueName: "id"))
    var resident: String?

    @Option(help: ArgumentHelp("Only those that speak this dialect.", valueName: "name"))
    var dialect: String?

    // Whatever follows is the number: `-1` is a wrong one, and no option.
    @Option(
        parsing: .unconditional, help: "At most this many, \(ListLimit.range.lowerBound) to \(ListLimit.range.upperBound).",
        transform: NumberArgument.within(ListLimit.range))
    var limit = 1000

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let list = try await list()
        try options.print(list, text: DeviceListText(options.lang, timeZone: list.timeZone).text(list, isFiltered: isFiltered))
    }

    private var isFiltered: Bool { state != nil || dwelling != nil || resident != nil || dialect != nil }

    private func list() async throws -> DeviceList {
        guard options.client.isAnswered else {
            let filter = DeviceFilter(
                state: state, dwelling: dwelling.map { DwellingID($0) }, resident: resident.map { ResidentID($0) },
                dialect: dialect.map { Dialect($0) }, limit: limit)
            return try await OfflineDevices(configuration: ConfigurationFile.load(options.config)).devices(filter)
        }
        let question = [
            ("state", state?.rawValue), ("dwelling", dwelling), ("resident", resident), ("dialect", dialect), ("limit", "\(limit)"),
        ]
        let query = question.compactMap { name, value in value.map { "\(name)=\(ControlClient.piece($0))" } }.joined(separator: "&")
        return try options.client.get("/v1/devices?\(query)", DeviceList.self)
    }
}
