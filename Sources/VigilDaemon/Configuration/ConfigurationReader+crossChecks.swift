import VigilCore
import VigilIngest

extension ConfigurationReader {
    /// What each part allows and the whole does not, and what is valid but dangerous.
    func crossCheck(_ configuration: Configuration, channels: [Channel], policies: [Policy]) {
        for channel in channels where channel.definition.kind == "mqtt" {
            let isNamed = checkBroker(channel, configuration.brokers.map(\.id.rawValue))
            if configuration.publishingBroker == nil, !isNamed {
                let message = "no broker to publish on; write publish: true at one of the brokers"
                channel.reader.fault(at: channel.reader.mark(of: "kind"), key: "kind", message)
            }
        }
        warn(of: configuration, policies)
    }

    /// What of the policies is valid but dangerous, as `vigil policy lint` says it.
    private func warn(of configuration: Configuration, _ policies: [Policy]) {
        let builtIn = policies.filter { $0.reader.mark?.file == ConfigurationDefaults.file }.map(\.policy.id)
        for trap in SetupLint.traps(in: configuration.ruleSet(version: 0), builtIn: Set(builtIn)) {
            guard let reader = policies.first(where: { $0.policy.id == trap.policy })?.reader else { continue }
            let entry = trap.key.map { $0.prefix { $0 != "[" && $0 != "." } } ?? "id"
            reader.fault(
                at: reader.mark(of: String(entry)), key: trap.key, "\(trap.danger.english); \(trap.remedy.english)", weight: .warning)
        }
    }

    /// A broker that is named must be there: what is said nowhere reaches nobody.
    ///
    /// - Returns: whether the channel names one.
    private func checkBroker(_ channel: Channel, _ brokers: [String]) -> Bool {
        guard case .map(let entries) = channel.definition.settings.value, let entry = entries.first(where: { $0.key == "broker" })
        else {
            return false
        }
        switch entry.value.value {
        case .text(let name) where !brokers.contains(name), .plain(let name) where !brokers.contains(name):
            channel.reader.fault(
                at: entry.value.mark, key: "broker",
                "unknown broker \(SettingFault.quoted(name))\(SettingFault.hint(name, among: brokers))")
        default: break
        }
        return true
    }
}
