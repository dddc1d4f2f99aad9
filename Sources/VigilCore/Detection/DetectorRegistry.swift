/// Every kind of rule: one line each.
public enum DetectorRegistry {
    static let all: [any Detector.Type] = [
        SOSDetector.self,
        SmokeDetector.self,
        FallDetector.self,
        ThresholdDetector.self,
        AbsenceDetector.self,
        DeviceDetector.self,
        BatteryDetector.self,
    ]

    public static var kinds: [String] { all.map { $0.kind } }

    /// The rules ready to run. Faults were refused where people could mend them.
    static func runners(of rules: RuleSet) -> [any RuleRunning] {
        rules.rules.enumerated().compactMap { makeRunner($1, path: "rules[\($0)]", faults: FaultList()) }
    }

    /// Names every fault of a rule's settings.
    public static func validate(_ rule: Rule, path: String, faults: FaultList) { _ = makeRunner(rule, path: path, faults: faults) }

    /// What a rule can raise as it is written; nothing where its detector is unknown.
    public static func raises(_ rule: Rule) -> [AlertKind] { makeRunner(rule, path: "", faults: FaultList())?.raises ?? [] }

    /// A rule ready to run; nil, with a fault, when its detector is unknown.
    static func makeRunner(_ rule: Rule, path: String, faults: FaultList) -> (any RuleRunning)? {
        guard let type = all.first(where: { $0.kind == rule.detector }) else {
            let hint = SettingsReader.hint(rule.detector, among: kinds)
            faults.add(
                SettingFault(
                    mark: rule.settings.mark, path: "\(path).detector", message: "unknown detector \"\(rule.detector)\"\(hint)"))
            return nil
        }
        return make(type, rule, path: path, faults: faults)
    }

    private static func make<D: Detector>(_: D.Type, _ rule: Rule, path: String, faults: FaultList) -> any RuleRunning {
        var settings = SettingsReader(rule.settings, path: path, faults: faults)
        let detector = D(rule: rule, settings: &settings)
        settings.finish()
        return RuleRunner(rule: rule, detector: detector)
    }
}
