import VigilCore
import VigilIngest
import VigilNotify

extension ConfigurationReader {
    /// One entry of `brokers`, with what the broker's own configuration does not carry.
    struct Broker {
        var configuration: BrokerConfiguration
        var routes: [TopicRoute]
        /// nil where the file does not say.
        var publishes: Bool?
        var reader: SettingsReader
    }

    func readBrokers(_ top: inout SettingsReader) -> [Broker] {
        let readers = top.readers("brokers")
        if readers.isEmpty, top.setting("watches") == nil, top.setting("bluetooth") == nil {
            let message = "no broker: nothing can be heard; write brokers: with id, host and topics, see config/vigil.yaml"
            top.fault(at: top.mark(of: "brokers"), key: "brokers", message)
        }
        let brokers = readers.map(readBroker)
        refuseDuplicates(brokers.map { ($0.configuration.id.rawValue, $0.reader) }, "broker")
        for (index, broker) in brokers.enumerated() {
            let configuration = broker.configuration
            let isTaken = brokers.prefix(index).contains {
                ($0.configuration.host, $0.configuration.port, $0.configuration.clientID)
                    == (configuration.host, configuration.port, configuration.clientID)
            }
            guard isTaken, !configuration.host.isEmpty else { continue }
            let message =
                "another entry goes to the same broker under the same name, and each would throw the other out; write another one"
            broker.reader.fault(at: broker.reader.mark(of: "client_id"), key: "client_id", message)
        }
        return brokers
    }

    /// The one that says so, or the only one.
    func publishingBroker(among brokers: [Broker]) -> SourceID? {
        let chosen = brokers.filter { $0.publishes == true }
        for extra in chosen.dropFirst() {
            let message =
                "\(SettingFault.quoted(chosen[0].configuration.id.rawValue)) publishes already; keep publish: true at one broker"
            extra.reader.fault(at: extra.reader.mark(of: "publish"), key: "publish", message)
        }
        if let broker = chosen.first { return broker.configuration.id }
        return brokers.count == 1 && brokers[0].publishes == nil ? brokers[0].configuration.id : nil
    }

    private func readBroker(_ entry: SettingsReader) -> Broker {
        var reader = entry
        let id = SourceID(reader.identifier("id", "a name of your own, such as main") ?? "")
        let tls = readTLS(&reader)
        let topics = readTopics(source: id, &reader)
        let configuration = BrokerConfiguration(
            id: id, host: readHost(&reader), port: reader.integer("port", in: 1...65_535) ?? (tls == nil ? 1883 : 8883),
            protocolVersion: reader.choice("protocol", BrokerConfiguration.ProtocolVersion.self) ?? .v5,
            clientID: reader.line("client_id") ?? "vigil", username: reader.line("username"),
            passwordFile: readableFile("password_file", &reader), tls: tls, subscriptions: topics.map(\.filter),
            keepAlive: reader.duration("keep_alive", in: .seconds(5) ... .minutes(10)) ?? .seconds(30),
            inFlightWindow: reader.integer("in_flight_window", in: 10...65_535) ?? 2000)
        let publishes = reader.setting("publish") == nil ? nil : reader.flag("publish", default: false)
        reader.finish()
        checkLogin(configuration, reader)
        checkPassword(configuration, reader)
        return Broker(configuration: configuration, routes: topics, publishes: publishes, reader: reader)
    }

    private func readHost(_ reader: inout SettingsReader) -> String {
        guard let host = reader.requiredLine("host", "the broker's name or address, such as 127.0.0.1") else { return "" }
        if host.contains("/") || host.contains(" ") || host.contains("@") {
            let message = "\(SettingFault.quoted(host)) is no host name; write the name or address alone, and port: beside it"
            reader.fault(at: reader.mark(of: "host"), key: "host", message)
        }
        return host
    }

    private func readTLS(_ reader: inout SettingsReader) -> BrokerConfiguration.TLS? {
        guard var tls = reader.reader("tls") else { return nil }
        let read = BrokerConfiguration.TLS(
            caFile: readableFile("ca_file", &tls), certificateFile: readableFile("certificate_file", &tls),
            keyFile: readableFile("key_file", &tls))
        if (read.certificateFile == nil) != (read.keyFile == nil) {
            tls.fault(at: nil, key: nil, "a client certificate needs certificate_file and key_file; write both or neither")
        }
        tls.finish()
        return read
    }

    private func readTopics(source: SourceID, _ reader: inout SettingsReader) -> [TopicRoute] {
        var routes: [TopicRoute] = []
        let entries = reader.readers("topics")
        if entries.isEmpty {
            reader.fault(at: nil, key: nil, "\"topics\" is missing; write topics: [{filter: \"zigbee2mqtt/#\", dialect: zigbee2mqtt}]")
        }
        for var entry in entries {
            let filter = entry.requiredLine("filter", "an MQTT topic filter, such as zigbee2mqtt/#")
            let dialect = entry.requiredLine("dialect", "one of \(vocabulary.dialects.map(\.rawValue).joined(separator: ", "))")
            entry.finish()
            if let dialect, !vocabulary.dialects.contains(Dialect(dialect)), !vocabulary.faultyDialects.contains(Dialect(dialect)) {
                let hint = SettingFault.hint(dialect, among: vocabulary.dialects.map(\.rawValue))
                entry.fault(at: entry.mark(of: "dialect"), key: "dialect", "unknown dialect \(SettingFault.quoted(dialect))\(hint)")
            }
            guard let filter, checkFilter(filter, against: routes, entry) else { continue }
            warnOfSilence(filter, Dialect(dialect ?? ""), entry)
            routes.append(TopicRoute(source: source, filter: filter, dialect: Dialect(dialect ?? "")))
        }
        return routes
    }

    private func checkFilter(_ filter: String, against routes: [TopicRoute], _ entry: SettingsReader) -> Bool {
        let mark = entry.mark(of: "filter")
        if let fault = FilterSyntax.fault(in: filter) {
            entry.fault(at: mark, key: "filter", fault)
            return false
        }
        if filter == "#" {
            let message = "takes everything on the broker for one dialect, Vigil's own messages too; write the dialect's own topics"
            entry.fault(at: mark, key: "filter", message, weight: .warning)
        }
        if routes.contains(where: { $0.filter == filter }) {
            entry.fault(at: mark, key: "filter", "\(SettingFault.quoted(filter)) stands here twice; keep one of them")
            return false
        }
        if let other = routes.first(where: { FilterSyntax.overlap($0.filter, filter) }) {
            let message =
                "overlaps with \(SettingFault.quoted(other.filter)), and a broker may send such a message twice; narrow one of them"
            entry.fault(at: mark, key: "filter", message, weight: .warning)
        }
        return true
    }

    private func checkLogin(_ broker: BrokerConfiguration, _ reader: SettingsReader) {
        if broker.passwordFile != nil && broker.username == nil {
            reader.fault(at: reader.mark(of: "password_file"), key: "password_file", "a password needs a name; write username: NAME")
        }
        let isLocal = broker.host.hasPrefix("127.") || broker.host == "localhost" || broker.host == "::1"
        if !isLocal && broker.tls == nil && !broker.host.isEmpty {
            let message =
                "everything, a password too, crosses the network in the clear, and anybody there can forge alarms; write tls: {}"
            reader.fault(at: reader.mark(of: "host"), key: "host", message, weight: .warning)
        }
    }

    /// A broker turns away whoever brings an empty password, and then nothing is heard.
    private func checkPassword(_ broker: BrokerConfiguration, _ reader: SettingsReader) {
        guard judge != nil, let path = broker.passwordFile, !reader.faults.names(reader.joined("password_file")) else { return }
        guard case .failure(let failure) = SecretFile.read(path) else { return }
        reader.fault(at: reader.mark(of: "password_file"), key: "password_file", failure.description)
    }

    /// Ids that stand twice in one list; the empty ones have their own fault already.
    func refuseDuplicates(_ entries: [(id: String, reader: SettingsReader)], _ what: String) {
        var seen: [String: Setting.Mark?] = [:]
        for (id, reader) in entries where !id.isEmpty {
            guard let first = seen.updateValue(reader.mark(of: "id"), forKey: id) else { continue }
            seen[id] = first
            let place = first.map { " in \($0.file):\($0.line)" } ?? ""
            reader.fault(
                at: reader.mark(of: "id"), key: "id",
                "another \(what) is called \(SettingFault.quoted(id)) already\(place); give each an id of its own")
        }
    }
}
