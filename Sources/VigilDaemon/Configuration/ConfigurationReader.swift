import Foundation
import VigilCore
import VigilDevices
import VigilIngest
import VigilNotify

/// Reads a merged tree into a `Configuration`; its extensions read one part each.
struct ConfigurationReader {
    let faults: FaultList
    /// Grows by the profiles of the site.
    var vocabulary: ConfigurationVocabulary
    /// Relative paths start here.
    let directory: String
    /// Looks at the files that are named; nil where whoever reads the configuration tries them.
    var judge: FileJudge?

    mutating func read(_ tree: Setting) -> Configuration {
        let defaults = ConfigurationDefaults.tree(faults)
        let whole = Self.complete(tree, with: defaults)
        var top = SettingsReader(whole, path: "", faults: faults)
        var builtIn = SettingsReader(defaults, path: "", faults: faults)
        let profiles = readProfiles(&top)
        let brokers = readBrokers(&top)
        warnOfUnheard(profiles.profiles, brokers)
        let watches = readWatches(&top, besides: brokers)
        let bluetooth = readBluetooth(&top, besides: brokers.map(\.configuration.id) + watches.map(\.configuration.id))
        let channels = readChannels(&top)
        let rules = readRules(&top, builtIn: &builtIn)
        let timeZone = top.timeZone("time_zone") ?? "UTC"
        let rosters = readRosters(&top, timeZone: timeZone)
        let standard = publishingBroker(among: brokers)
        let actions = readActions(&top, brokers, standard: standard)
        let named = Named(rosters: rosters.map(\.roster.id), actions: actions.map(\.action.id))
        let policies = readPolicies(&top, builtIn: &builtIn, named)
        let configuration = Configuration(
            stateDirectory: readStateDirectory(&top), controlSocket: readSocket(&top), http: readAddress(&top),
            alertLog: path("alert_log", &top), language: top.choice("language", Language.self) ?? .chinese,
            timeZone: timeZone, linger: top.duration("linger", in: .zero ... .seconds(5)) ?? .seconds(1),
            snapshotEvery: top.duration("snapshot_every", in: .seconds(1) ... .hours(24)) ?? .minutes(5),
            brokers: brokers.map(\.configuration), watches: watches.map(\.configuration), bluetooth: bluetooth?.receiver,
            bluetoothKeys: bluetooth?.keys ?? BluetoothKeys(),
            publishingBroker: standard,
            routes: brokers.flatMap(\.routes) + routes(of: watches) + routes(of: bluetooth), channels: channels.map(\.definition),
            rules: rules.map(\.rule),
            policies: policies.map(\.policy), policyBySeverity: readSeverities(&top, policies),
            technicalPolicy: readPolicyName("technical", &top, policies) ?? "technical", rosters: rosters.map(\.roster),
            messageCap: readMessageCap(&top), testCadences: readTestCadences(&top), riskGroups: readRiskGroups(&top),
            actions: actions.map(\.action),
            unreachableActions: readUnreachable(&top, named), heartbeat: readHeartbeat(&top),
            profiles: profiles.profiles, profileFiles: profiles.files, faultyDialects: profiles.faulty,
            places: places(of: rules).merging(places(of: policies)) { first, _ in first }
                .merging(places(of: rosters)) { first, _ in first })
        top.finish()
        crossCheck(configuration, channels: channels, policies: policies)
        crossCheck(rosters, policies)
        crossCheck(actions, configuration)
        return configuration
    }

    /// A path in the file system, made whole.
    func path(_ key: String, _ reader: inout SettingsReader) -> String { optionalPath(key, &reader) ?? "" }

    func optionalPath(_ key: String, _ reader: inout SettingsReader) -> String? {
        reader.line(key).map(wholePath)
    }

    func wholePath(_ path: String) -> String { path.hasPrefix("/") || directory == "." ? path : "\(directory)/\(path)" }

    /// A file that must be there, because without it the daemon would run unprotected or not at all.
    ///
    /// - Parameter weight: of the fault where it is not there or cannot be read.
    func readableFile(_ key: String, _ reader: inout SettingsReader, weight: SettingFault.Weight = .error) -> String? {
        guard let path = optionalPath(key, &reader) else { return nil }
        if !FileManager.default.isReadableFile(atPath: path) {
            let message = "\(SettingFault.quoted(path)) cannot be read; check that it exists and that this user may read it"
            reader.fault(at: reader.mark(of: key), key: key, message, weight: weight)
        }
        judgeFile(path, key, at: reader.mark(of: key), reader)
        return path
    }

    /// Names what the installed daemon will meet and whoever checks does not.
    ///
    /// - Parameter key: ends with `_file`; certificates are no secrets.
    func judgeFile(_ path: String, _ key: String, at mark: Setting.Mark?, _ reader: SettingsReader) {
        let isSecret = !["ca_file", "certificate_file"].contains { key == $0 || key.hasSuffix(".\($0)") }
        for finding in judge?.findings(path, isSecret: isSecret) ?? [] {
            reader.fault(at: mark, key: key, finding.message, weight: finding.weight)
        }
    }

    /// The file's top level with the defaults for what it leaves out; maps are completed, lists are not touched.
    private static func complete(_ tree: Setting, with defaults: Setting) -> Setting {
        guard case .map(var entries) = tree.value, case .map(let known) = defaults.value else { return tree }
        for entry in known {
            guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
                if case .list = entry.value.value { continue }
                entries.append(entry)
                continue
            }
            if entries[index].value.value == .null { entries[index].value = entry.value }
            if case .map = entry.value.value { entries[index].value = complete(entries[index].value, with: entry.value) }
        }
        return Setting(.map(entries), mark: tree.mark)
    }

    private func readStateDirectory(_ top: inout SettingsReader) -> String {
        let directory = path("state_directory", &top)
        if ["/run", "/dev/shm"].contains(where: { directory == $0 || directory.hasPrefix("\($0)/") }) {
            let message =
                "\(SettingFault.quoted(directory)) is gone after a power cut, and every alert with it; write a folder on a disk"
            top.fault(at: top.mark(of: "state_directory"), key: "state_directory", message, weight: .warning)
        }
        return directory
    }

    private func readSocket(_ top: inout SettingsReader) -> String {
        let socket = path("control_socket", &top)
        // sockaddr_un holds 108 bytes, the last of them zero.
        if socket.utf8.count > 107 {
            top.fault(at: top.mark(of: "control_socket"), key: "control_socket", "is longer than the 107 bytes of a socket; shorten it")
        }
        return socket
    }

    private func readAddress(_ top: inout SettingsReader) -> ListenAddress {
        let fallback = ListenAddress(host: "127.0.0.1", port: 9120)
        guard let text = top.line("http") else { return fallback }
        if let address = ListenAddress(text: text) { return address }
        let message =
            "\(SettingFault.quoted(text)) is no address of this machine with a port; health and metrics have no login, write 127.0.0.1:9120"
        top.fault(at: top.mark(of: "http"), key: "http", message)
        return fallback
    }
}
