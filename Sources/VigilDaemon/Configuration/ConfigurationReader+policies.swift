import VigilCore

extension ConfigurationReader {
    struct Policy {
        var policy: EscalationPolicy
        var reader: SettingsReader
        /// Where it says whom to tell, and its times: `steps[1].notify`, `steps[1].notify[0]`, `lease`.
        var places: [String: Setting.Mark]
    }

    /// What steps may name of the rest of the configuration.
    struct Named {
        /// As `roster:ID`.
        var rosters: [RosterID]
        var actions: [ActionID]
    }

    /// The policies of the file, after the built-in ones that it does not replace.
    func readPolicies(_ top: inout SettingsReader, builtIn: inout SettingsReader, _ named: Named) -> [Policy] {
        let own = top.readers("policies").map { readPolicy($0, named) }
        refuseDuplicates(own.map { ($0.policy.id.rawValue, $0.reader) }, "policy")
        let replaced = Set(own.map(\.policy.id))
        return builtIn.readers("policies").map { readPolicy($0, named) }.filter { !replaced.contains($0.policy.id) } + own
    }

    func readSeverities(_ top: inout SettingsReader, _ policies: [Policy]) -> [RuleSet.SeverityPolicy] {
        guard var reader = top.reader("severities") else { return [] }
        let read = Severity.allCases.reversed().compactMap { severity in
            readPolicyName(severity.rawValue, &reader, policies).map { RuleSet.SeverityPolicy(severity: severity, policy: $0) }
        }
        reader.finish()
        return read
    }

    func readMessageCap(_ top: inout SettingsReader) -> MessageCap {
        let standard = MessageCap()
        guard var reader = top.reader("message_cap") else { return standard }
        let cap = MessageCap(
            messages: reader.integer("messages", in: 4...1000) ?? standard.messages,
            within: reader.duration("within", in: .zero...MessageCap.longest) ?? standard.within)
        reader.finish()
        return cap
    }

    func readPolicyName(_ key: String, _ reader: inout SettingsReader, _ policies: [Policy]) -> PolicyID? {
        guard let name = reader.line(key) else { return nil }
        if policies.contains(where: { $0.policy.id.rawValue == name }) { return PolicyID(name) }
        let hint = SettingFault.hint(name, among: policies.map(\.policy.id.rawValue).filter { !$0.isEmpty })
        reader.fault(at: reader.mark(of: key), key: key, "unknown policy \(SettingFault.quoted(name))\(hint)")
        return nil
    }

    /// Where the policies stand, and where they say what, by their ids.
    func places(of policies: [Policy]) -> [String: Setting.Mark] {
        policies.reduce(into: [:]) { places, entry in
            if let mark = entry.reader.mark, mark.file != ConfigurationDefaults.file { places["policies.\(entry.policy.id)"] = mark }
            for (path, mark) in entry.places where mark.file != ConfigurationDefaults.file {
                places["policies.\(entry.policy.id).\(path)"] = mark
            }
        }
    }

    private func readPolicy(_ entry: SettingsReader, _ named: Named) -> Policy {
        var reader = entry
        var places: [String: Setting.Mark] = [:]
        let policy = EscalationPolicy(
            id: PolicyID(reader.identifier("id", "a name of your own, such as night") ?? ""),
            steps: readSteps(&reader, &places, named),
            repeatEvery: reader.duration("repeat_every", in: .seconds(5) ... .hours(24 * 31)),
            lease: reader.duration("lease", in: .seconds(5) ... .hours(24 * 7)) ?? .minutes(3),
            attendingLease: reader.duration("attending_lease", in: .seconds(5) ... .hours(24 * 7)) ?? .minutes(15),
            reopenWindow: reader.duration("reopen_window", in: .zero ... .hours(24 * 7)) ?? .minutes(30),
            closeAfterCleared: reader.duration("close_after_cleared", in: .zero ... .hours(24 * 31)),
            quietCap: reader.duration("quiet_cap", in: .zero ... .hours(24)) ?? .minutes(30))
        reader.finish()
        for key in ["repeat_every", "lease", "attending_lease", "reopen_window", "close_after_cleared", "quiet_cap"]
        where reader.setting(key) != nil {
            places[key] = reader.mark(of: key)
        }
        return Policy(policy: policy, reader: reader, places: places)
    }

    private func readSteps(
        _ reader: inout SettingsReader, _ places: inout [String: Setting.Mark], _ named: Named
    ) -> [EscalationPolicy.Step] {
        var steps: [EscalationPolicy.Step] = []
        let entries = reader.readers("steps")
        if entries.isEmpty {
            let message = "a policy without steps tells nobody; write steps: [{after: 0s, notify: [grid_officer]}]"
            reader.fault(at: reader.mark(of: "steps"), key: "steps", message)
        }
        for (index, entry) in entries.enumerated() {
            let step = readStep(entry, isLast: index == entries.count - 1, named)
            places["steps[\(index)].notify"] = entry.mark(of: "notify")
            for (place, recipient) in step.notify.enumerated() { places["steps[\(index)].notify[\(place)]"] = recipient.mark }
            if let after = step.after, let before = steps.last?.after, after <= before {
                let message = "\(after.text) is not later than the step before, \(before.text); write the steps in order"
                entry.fault(at: entry.mark(of: "after"), key: "after", message)
            }
            steps.append(EscalationPolicy.Step(after: step.after ?? .zero, notify: step.notify.map(\.recipient), act: step.act))
        }
        return steps
    }

    private struct Step {
        var after: Milliseconds?
        var notify: [(recipient: Recipient, mark: Setting.Mark?)]
        var act: [ActionID]
    }

    private func readStep(_ entry: SettingsReader, isLast: Bool, _ named: Named) -> Step {
        var reader = entry
        let after = reader.requiredSetting("after", "0s, the time since the alert was raised").flatMap { _ in
            reader.duration("after", in: .zero ... .hours(24 * 31))
        }
        let names = reader.texts("notify")
        let actions = readActionNames("act", &reader, named)
        reader.finish()
        if names.isEmpty && (isLast || reader.setting("act") == nil) {
            let message =
                isLast
                ? "the last step tells nobody, and an alert that nobody takes would end there; write notify: [community_lead]"
                : "the step tells nobody and is skipped; write notify: [ROLE, contact:ID or roster:ID]"
            reader.fault(at: reader.mark(of: "notify"), key: "notify", message, weight: isLast ? .error : .warning)
        }
        let recipients = names.enumerated().compactMap { index, name in
            readRecipient(name.text, name.mark, "notify[\(index)]", reader, named.rosters).map { (recipient: $0, mark: name.mark) }
        }
        for (index, entry) in recipients.enumerated()
        where recipients.prefix(index).contains(where: { $0.recipient == entry.recipient }) {
            reader.fault(at: entry.mark, key: "notify[\(index)]", "stands in this step twice; keep one of them")
        }
        return Step(after: after, notify: recipients, act: actions)
    }

    private func readRecipient(
        _ text: String, _ mark: Setting.Mark?, _ key: String, _ reader: SettingsReader, _ rosters: [RosterID]
    ) -> Recipient? {
        if let role = ContactRole(rawValue: text) { return .role(role) }
        if let id = Self.id(in: text, after: "contact:") { return .contact(ContactID(id)) }
        if let id = Self.id(in: text, after: "roster:") {
            if rosters.contains(RosterID(id)) { return .roster(RosterID(id)) }
            let hint = SettingFault.hint(id, among: rosters.map(\.rawValue).filter { !$0.isEmpty })
            let advice = hint.isEmpty ? "; write it under rosters" : hint
            reader.fault(at: mark, key: key, "unknown roster \(SettingFault.quoted(id))\(advice)")
            return nil
        }
        let hint = SettingFault.hint(text, among: ContactRole.allCases.map(\.rawValue))
        reader.fault(at: mark, key: key, "unknown recipient \(SettingFault.quoted(text))\(hint), contact:ID or roster:ID")
        return nil
    }

    private static func id(in text: String, after prefix: String) -> String? {
        text.hasPrefix(prefix) && text.count > prefix.count ? String(text.dropFirst(prefix.count)) : nil
    }
}
