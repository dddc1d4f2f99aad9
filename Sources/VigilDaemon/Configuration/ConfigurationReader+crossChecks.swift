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
        let used = Set(configuration.policyBySeverity.map(\.policy) + [configuration.technicalPolicy])
        for policy in policies where used.contains(policy.policy.id) { checkDelay(policy) }
        for policy in policies where !used.contains(policy.policy.id) && policy.reader.mark?.file != ConfigurationDefaults.file {
            let message = "no severity uses this policy; name it under severities or technical, or remove it"
            policy.reader.fault(at: policy.reader.mark(of: "id"), key: nil, message, weight: .warning)
        }
        for entry in configuration.policyBySeverity where entry.severity == .red {
            if let policy = policies.first(where: { $0.policy.id == entry.policy }) { checkRed(policy) }
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

    private func checkDelay(_ policy: Policy) {
        let steps = policy.policy.steps
        // What neither acts nor tells is skipped at once.
        guard let index = steps.firstIndex(where: { !$0.notify.isEmpty }), steps[index].after > .zero,
            index == 0 || steps.prefix(index).contains(where: { !$0.act.isEmpty })
        else { return }
        let message =
            "nobody is told in the first \(steps[index].after.text); write after: 0s for the first step that tells somebody"
        policy.reader.fault(at: policy.reader.mark(of: "steps"), key: "steps[\(index)].after", message, weight: .warning)
    }

    /// Red is somebody's life: it rings again until somebody has it, and nothing but a human ends it.
    private func checkRed(_ policy: Policy) {
        let reader = policy.reader
        if policy.policy.repeatEvery == nil {
            let message = "red is not repeated: one overlooked message would be the last; write repeat_every: 2m"
            reader.fault(at: reader.mark, key: "repeat_every", message, weight: .warning)
        } else if let every = policy.policy.repeatEvery, every > .minutes(10) {
            let message = "red rings again only every \(every.text); write 2m, at most 10m"
            reader.fault(at: reader.mark(of: "repeat_every"), key: "repeat_every", message, weight: .warning)
        }
        if policy.policy.lease > .minutes(10) {
            let message = "who accepts a red alert and falls asleep holds it for \(policy.policy.lease.text); write 3m, at most 10m"
            reader.fault(at: reader.mark(of: "lease"), key: "lease", message, weight: .warning)
        }
        if policy.policy.closeAfterCleared != nil {
            let message = "a red alert never closes by itself, so this does nothing; remove it"
            reader.fault(at: reader.mark(of: "close_after_cleared"), key: "close_after_cleared", message, weight: .warning)
        }
        if let last = policy.policy.steps.last, last.after > .minutes(15) {
            let message = "the last step of red comes only after \(last.after.text); write at most 15m"
            reader.fault(at: reader.mark(of: "steps"), key: "steps", message, weight: .warning)
        }
        if policy.policy.steps.count == 1 {
            let message = "red has one step only: whoever does not answer is the last to be asked; add a step for somebody else"
            reader.fault(at: reader.mark(of: "steps"), key: "steps", message, weight: .warning)
        }
    }
}
