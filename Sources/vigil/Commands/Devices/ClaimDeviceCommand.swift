import ArgumentParser
import VigilConsole
import VigilCore
import VigilDaemon
import VigilDevices

/// `vigil devices claim DIALECT:ADDRESS`.
struct ClaimDeviceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: "Registers a device that speaks: it goes into the registry, and rules watch it from then on.",
        discussion: """
            The registry is exported, the device added, and the whole imported again; who else changes it meanwhile loses nothing. Without --liveness the class is taken from what the \
            device said: a bridge, a watch, a smoke sensor, else a battery sensor that reports about hourly.
            """)

    /// What became of it, for programs.
    struct Answer: Encodable {
        var device: DeviceID
        var dialect: Dialect
        var address: String
        var dwelling: DwellingID?
        var resident: ResidentID?
        var liveness: LivenessClass
        var version: Int?
        var warnings: [String]
    }

    @Argument(help: ArgumentHelp("Who, as `vigil devices unclaimed` names it.", valueName: "dialect:address"), transform: Self.address)
    var address: DeviceAddress

    @Option(help: ArgumentHelp("The id that it gets.", valueName: "id"))
    var `as`: String

    @Option(help: ArgumentHelp("The flat in which it stands. Of a worn device the resident's unless given.", valueName: "id"))
    var dwelling: String?

    @Option(help: ArgumentHelp("Who wears or uses it.", valueName: "id"))
    var resident: String?

    @Option(help: "How long it may be silent: \(LivenessClass.allCases.map(\.rawValue).joined(separator: ", ")).")
    var liveness: LivenessClass?

    @Option(
        help: ArgumentHelp(
            "What a press of it means: \(Device.buttonMeanings.map(\.rawValue).joined(separator: ", ")). Without it a press is only a press.",
            valueName: "meaning"), transform: Self.meaning)
    var button: ObservationKind?

    @Option(
        help: ArgumentHelp(
            "Of a Bluetooth device: the profile that reads its maker's own services, for which it is connected to.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("Words for people: \"kitchen\".", valueName: "text"))
    var name = ""

    @Flag(help: "Also where nobody has heard it yet.")
    var unheard = false

    @OptionGroup var options: GlobalOptions

    private static func address(_ text: String) throws -> DeviceAddress {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex, text.index(after: colon) < text.endIndex else {
            throw ValidationError(
                "\(SettingFault.quoted(text)) is no address; write dialect:address, as vigil devices unclaimed shows them")
        }
        let (dialect, name) = (Dialect(String(text[..<colon])), String(text[text.index(after: colon)...]))
        guard dialect == BluetoothDecoder.dialect else { return DeviceAddress(dialect: dialect, name: name) }
        return DeviceAddress(dialect: dialect, name: BluetoothDecoder.name(name) ?? name)
    }

    private static func meaning(_ text: String) throws -> ObservationKind {
        let known = Device.buttonMeanings
        if let meaning = known.first(where: { $0.rawValue == text }) { return meaning }
        throw ValidationError("unknown meaning \(SettingFault.quoted(text))\(SettingFault.hint(text, among: known.map(\.rawValue)))")
    }

    func validate() throws {
        // A bridge serves many homes.
        if dwelling == nil, resident == nil, liveness != .bridge {
            throw ValidationError("say where it belongs: --dwelling, --resident or both")
        }
    }

    func run() async throws {
        let known = try await known()
        let claim = DeviceClaim(
            address: address, id: DeviceID(`as`), dwelling: dwelling.map { DwellingID($0) }, resident: resident.map { ResidentID($0) },
            liveness: liveness, button: button, profile: profile.map { Dialect($0) }, name: name, decoders: decoders)
        var claimed: Device?
        let result = try await RegistryDesk(options: options).change(name: "registry with \(claim.id)") { registry in
            do {
                let device = try claim.device(in: registry, sample: known?.sample, isUnheardFine: unheard || known != nil)
                registry.devices.append(device)
                claimed = device
            } catch let refusal as RefusedClaim {
                throw CommandFailure(.finding, refusal.words, options.lang)
            }
        }
        guard let version = result.version, let device = claimed else {
            let words = Words.notClaimed(address.description)
            let report = ErrorReport(error: words.english, message: words, faults: result.faults, warnings: result.warnings)
            throw CommandFailure(.finding, report, options.lang)
        }
        options.warn(result.warnings)
        if known?.speaksForOthers == true { options.warn([Words.claimedSpokesman(address.description)[options.lang]]) }
        let answer = Answer(
            device: device.id, dialect: address.dialect, address: address.name, dwelling: device.dwelling, resident: device.resident,
            liveness: device.liveness, version: version, warnings: result.warnings)
        try options.print(answer, text: Words.claimed(device, version: version, isGuessed: liveness == nil)[options.lang])
    }

    /// Where the daemon is asked, its configuration may be hidden from whoever asks: what is shipped is known all the same.
    private var decoders: DecoderRegistry { (try? ConfigurationFile.load(options.config))?.decoders ?? .shipped }

    /// What is known of the device; nil where it was never heard, and nobody announces it.
    private func known() async throws -> UnclaimedReport? {
        let list: [UnclaimedReport] =
            if options.client.isAnswered {
                try options.client.get("/v1/devices/unclaimed?limit=\(ListLimit.range.upperBound)", UnclaimedList.self).devices
            } else {
                try await OfflineDevices(configuration: ConfigurationFile.load(options.config)).unclaimed()
            }
        return list.first { $0.dialect == address.dialect && $0.address == address.name }
    }
}
