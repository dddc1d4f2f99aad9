import VigilCore
import VigilIngest
import VigilNotify

/// What may be set off at the site: an allow-list, because a step can name only what stands in it.
extension ConfigurationReader {
    struct Action {
        var action: MQTTAction
        var reader: SettingsReader
    }

    /// - Parameter standard: the broker of an action that names none.
    func readActions(_ top: inout SettingsReader, _ brokers: [Broker], standard: SourceID?) -> [Action] {
        let actions = top.readers("actions").map { readAction($0, brokers.map(\.configuration.id), standard: standard) }
        refuseDuplicates(actions.map { ($0.action.id.rawValue, $0.reader) }, "action")
        return actions
    }

    /// What is set off where nobody can be reached.
    func readUnreachable(_ top: inout SettingsReader, _ named: Named) -> [ActionID] {
        guard var reader = top.reader("nobody_reachable") else { return [] }
        let actions = readActionNames("act", &reader, named)
        reader.finish()
        return actions
    }

    /// The actions that a list names, each once.
    func readActionNames(_ key: String, _ reader: inout SettingsReader, _ named: Named) -> [ActionID] {
        var actions: [ActionID] = []
        for (index, name) in reader.texts(key).enumerated() {
            let id = ActionID(name.text)
            if actions.contains(id) {
                reader.fault(at: name.mark, key: "\(key)[\(index)]", "stands here twice; keep one of them")
            } else if named.actions.contains(id) {
                actions.append(id)
            } else {
                let hint = SettingFault.hint(name.text, among: named.actions.map(\.rawValue).filter { !$0.isEmpty })
                let advice = hint.isEmpty ? "; write it under actions" : hint
                reader.fault(at: name.mark, key: "\(key)[\(index)]", "unknown action \(SettingFault.quoted(name.text))\(advice)")
            }
        }
        return actions
    }

    private func readAction(_ entry: SettingsReader, _ brokers: [SourceID], standard: SourceID?) -> Action {
        var reader = entry
        let action = MQTTAction(
            id: ActionID(reader.identifier("id", "a name of your own, such as siren") ?? ""),
            broker: readActionBroker(&reader, brokers, standard: standard) ?? "",
            topic: readTopic("topic", &reader) ?? "",
            payload: reader.requiredText("payload", "what the device takes, such as \"ON\"") ?? "",
            qos: reader.integer("qos", in: 0...1) == 0 ? .atMostOnce : .atLeastOnce,
            acknowledgement: readAcknowledgement(&reader),
            timeout: reader.duration("timeout", in: .seconds(1)...MQTTAction.longestTimeout) ?? .seconds(10),
            release: reader.text("release"), isInDrills: reader.flag("in_drills", default: false))
        if reader.flag("retain", default: false) {
            let message = "a broker that keeps it would set it off again whenever the device connects; remove it"
            reader.fault(at: reader.mark(of: "retain"), key: "retain", message)
        }
        reader.finish()
        checkAcknowledgement(action, reader)
        return Action(action: action, reader: reader)
    }

    private func readActionBroker(_ reader: inout SettingsReader, _ brokers: [SourceID], standard: SourceID?) -> SourceID? {
        guard let name = reader.line("broker") else {
            guard standard == nil, !reader.isRefused("broker") else { return standard }
            reader.fault(at: reader.mark, key: nil, "no broker to publish on; write broker: ID, or publish: true at one of the brokers")
            return nil
        }
        if brokers.contains(SourceID(name)) { return SourceID(name) }
        let hint = SettingFault.hint(name, among: brokers.map(\.rawValue).filter { !$0.isEmpty })
        reader.fault(at: reader.mark(of: "broker"), key: "broker", "unknown broker \(SettingFault.quoted(name))\(hint)")
        return nil
    }

    private func readTopic(_ key: String, _ reader: inout SettingsReader) -> String? {
        guard let topic = reader.requiredLine(key, "an MQTT topic, such as zigbee2mqtt/siren/set") else { return nil }
        // `$SYS`, `$CONTROL` and `$share` are no device's.
        if topic.hasPrefix("$") {
            reader.fault(
                at: reader.mark(of: key), key: key, "\(SettingFault.quoted(topic)) is the broker's own; write a device's topic")
            return nil
        }
        if MQTTTopic.isName(topic) { return topic }
        reader.fault(
            at: reader.mark(of: key), key: key,
            "\(SettingFault.quoted(topic)) is no single topic; write it without + # and empty levels")
        return nil
    }

    private func readAcknowledgement(_ reader: inout SettingsReader) -> MQTTAction.Acknowledgement? {
        guard var entry = reader.reader("acknowledge") else { return nil }
        let topic = readTopic("topic", &entry)
        let payload = entry.text("payload")
        let part = entry.text("contains")
        if part == "" {
            let message = "is a part of everything, so that anything would acknowledge it; write what only the device's answer holds"
            entry.fault(at: entry.mark(of: "contains"), key: "contains", message)
        }
        entry.finish()
        return topic.map { MQTTAction.Acknowledgement(topic: $0, payload: payload, part: part) }
    }

    private func checkAcknowledgement(_ action: MQTTAction, _ reader: SettingsReader) {
        guard action.acknowledgement?.topic == action.topic, !action.topic.isEmpty else { return }
        let message =
            "is what the action itself is published to: it would acknowledge itself; write the topic on which the device answers"
        reader.fault(at: reader.mark(of: "acknowledge"), key: "acknowledge.topic", message)
    }

    // MARK: Against the rest

    /// Nothing that Vigil says may come back to it as a device's word or a person's, and nothing is configured for nothing.
    func crossCheck(_ actions: [Action], _ configuration: Configuration) {
        let named = Set(configuration.policies.flatMap(\.steps).flatMap(\.act) + configuration.unreachableActions)
        for entry in actions {
            let action = entry.action
            if let fault = loop(of: action, configuration) {
                entry.reader.fault(at: entry.reader.mark(of: "topic"), key: "topic", fault)
            }
            if let other = actions.first(where: { acknowledges($0.action, action) }) {
                let message =
                    "is what action \(SettingFault.quoted(other.action.id.rawValue)) is published to: that would acknowledge this one; "
                    + "write the topic on which the device answers"
                entry.reader.fault(at: entry.reader.mark(of: "acknowledge"), key: "acknowledge.topic", message)
            }
            if !named.contains(action.id), !action.id.rawValue.isEmpty {
                let message = "nothing sets it off; name it in a step's act or under nobody_reachable, or remove it"
                entry.reader.fault(at: entry.reader.mark(of: "id"), key: nil, message, weight: .warning)
            }
        }
    }

    /// Whether what Vigil publishes for another action would be taken for a device's answer to this one.
    private func acknowledges(_ other: MQTTAction, _ action: MQTTAction) -> Bool {
        other.id != action.id && other.broker == action.broker && other.topic == action.acknowledgement?.topic
    }

    private func loop(of action: MQTTAction, _ configuration: Configuration) -> String? {
        let topic = SettingFault.quoted(action.topic)
        for payload in [action.payload, action.release].compactMap({ $0 }) {
            let frame = Frame(source: action.broker, origin: .mqtt(topic: action.topic), payload: Array(payload.utf8))
            let routes = configuration.routes.filter { $0.source == action.broker && FilterSyntax.overlap($0.filter, action.topic) }
            guard let route = routes.first, vocabulary.isHeard(frame, route.dialect) else { continue }
            return
                "Vigil hears \(topic) as the word of a device (\(route.filter)) and would answer itself; write the device's own command topic"
        }
        for channel in configuration.channels where channel.kind == MQTTChannel.kind {
            // Its own faults are named by whoever reads it.
            var settings = SettingsReader(channel.settings, path: "", faults: FaultList())
            let base = settings.text("base") ?? MQTTChannel.usualBase
            let replies = MQTTReplies.filter(base: base)
            if FilterSyntax.overlap(replies, action.topic) {
                return "Vigil hears \(topic) as somebody's acceptance (\(replies)); write another topic"
            }
            if action.topic.hasPrefix("\(base)/") {
                return "\(topic) is where Vigil tells of alerts (\(base)/#); write a device's topic"
            }
        }
        // A device would take it for the word that its message is stored.
        return action.topic.hasPrefix("vigil/out/")
            ? "\(topic) is where Vigil answers devices (vigil/out/#); write a device's topic" : nil
    }
}
