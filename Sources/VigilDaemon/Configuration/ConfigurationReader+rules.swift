import VigilCore

extension ConfigurationReader {
    /// The rules of the file, after the built-in ones that it does not replace.
    func readRules(_ top: inout SettingsReader, builtIn: inout SettingsReader) -> [(rule: Rule, reader: SettingsReader)] {
        let own = top.readers("rules").map(readRule)
        refuseDuplicates(own.map { ($0.rule.id.rawValue, $0.reader) }, "rule")
        let replaced = Set(own.map(\.rule.id))
        let standard = builtIn.readers("rules").map(readRule).filter { !replaced.contains($0.rule.id) }
        checkLifeRules(standard + own, top)
        return standard + own
    }

    /// Where the rules and their scopes stand, by the ids of their rules.
    func places(of rules: [(rule: Rule, reader: SettingsReader)]) -> [String: Setting.Mark] {
        rules.reduce(into: [:]) { places, entry in
            if let mark = entry.reader.mark, mark.file != ConfigurationDefaults.file { places["rules.\(entry.rule.id)"] = mark }
            guard let mark = entry.reader.mark(of: "scope"), mark.file != ConfigurationDefaults.file else { return }
            places["rules.\(entry.rule.id).scope"] = mark
        }
    }

    private func readRule(_ entry: SettingsReader) -> (rule: Rule, reader: SettingsReader) {
        var reader = entry
        let id = reader.identifier("id", "a name of your own, such as night-absence")
        let detector = reader.requiredLine("detector", "what it looks for, such as smoke or absence")
        let severity = reader.requiredSetting("severity", "red, yellow or blue").flatMap { _ in
            reader.choice("severity", Severity.self)
        }
        let scope = readScope(&reader)
        let isShadow = reader.flag("shadow", default: false)
        let message = readMessage(&reader)
        var rule = Rule(
            id: RuleID(id ?? ""), detector: detector ?? "", severity: severity ?? .red, scope: scope, isShadow: isShadow,
            message: message, settings: reader.rest())
        if detector != nil { vocabulary.validateRule(rule, reader.path, faults) }
        if isShadow && severity == .red {
            let text = "a red rule in the shadow tells nobody; remove shadow: true once it is tried out"
            reader.fault(at: reader.mark(of: "shadow"), key: "shadow", text, weight: .warning)
        }
        // What is journaled must not change when a comment above it does.
        rule.settings = rule.settings.withoutMarks
        return (rule, reader)
    }

    private func readScope(_ reader: inout SettingsReader) -> Rule.Scope {
        guard let found = reader.setting("scope") else { return .all }
        if case .plain("all") = found.value { return .all }
        guard case .map = found.value, var scope = reader.reader("scope") else {
            let message = "\(found.shape) is no scope; write all, {grids: [ID, ...]} or {residents: [ID, ...]}"
            reader.fault(at: found.mark, key: "scope", message)
            return .all
        }
        let grids = scope.texts("grids").map(\.text)
        let residents = scope.texts("residents").map(\.text)
        scope.finish()
        if grids.isEmpty == residents.isEmpty {
            scope.fault(at: nil, key: nil, "name either grids or residents, at least one; write scope: all for everybody")
        }
        return grids.isEmpty ? .residents(residents.map { ResidentID($0) }) : .grids(grids.map { GridID($0) })
    }

    private func readMessage(_ reader: inout SettingsReader) -> LocalizedText? {
        guard var message = reader.reader("message") else { return nil }
        let chinese = message.requiredText("zh-CN", "\"what to say\"")
        let english = message.requiredText("en", "\"what to say\"")
        message.finish()
        guard let chinese, let english else { return nil }
        return LocalizedText(zh: chinese, en: english)
    }

    /// Fire, a call for help and a fall must ring whatever else is configured, and so must a device that can no longer say so.
    private func checkLifeRules(_ rules: [(rule: Rule, reader: SettingsReader)], _ top: SettingsReader) {
        for detector in ["sos", "smoke", "fall"] {
            // Alerts of these are called like their detectors, which may look at other things as well.
            let watching = rules.map(\.rule).filter {
                $0.severity == .red && !$0.isShadow && DetectorRegistry.raises($0).contains(AlertKind(detector))
            }
            if watching.isEmpty {
                let message = "no red rule with detector \(detector) is in force: such an alarm would reach nobody in time; add one"
                top.fault(at: top.mark(of: "rules"), key: "rules", message, weight: .warning)
            } else if !watching.contains(where: { $0.scope == .all }) {
                let message = "the rules with detector \(detector) do not cover everybody; give one of them scope: all"
                top.fault(at: top.mark(of: "rules"), key: "rules", message, weight: .warning)
            }
        }
        if !rules.contains(where: { $0.rule.detector == "device" && !$0.rule.isShadow }) {
            let message = "no rule with detector device is in force: a dead sensor would look like a quiet home; add one"
            top.fault(at: top.mark(of: "rules"), key: "rules", message, weight: .warning)
        }
    }
}
