// Why nothing is put in force, or ended.

extension Refusal {
    static let nobodyStandsForIt = Refusal(
        zh: "无人署名;请以登录用户或联系人的身份提出", en: "nobody stands for it; say who asks, by login or as a contact")
    static let beginsInThePast = Refusal(
        zh: "开始时间已过;立即开始请不写开始时间", en: "it begins in the past; leave the beginning out for now")
    static let endsInThePast = Refusal(zh: "结束时间已过;请写更晚的时间", en: "its end lies in the past; write a later one")
    static let endsBeforeItBegins = Refusal(zh: "结束时间不晚于开始时间;请写更晚的结束时间", en: "it ends before it begins; write a later end")
    static let needsReason = Refusal(zh: "静默须写明原因;请写 --reason TEXT", en: "a silence needs a reason; write --reason TEXT")
    static let silencesEverything = Refusal(
        zh: "不能静默一切;请指明类型、规则、住户、网格或设备",
        en: "a silence of everything is none; name a kind, rule, resident, grid or device")
    static let isNoDrill = Refusal(
        zh: "演练只针对住户或设备;请写 resident:ID 或 device:ID",
        en: "a drill is about a resident or a device; write resident:ID or device:ID")

    static func unknownGrid(_ id: GridID) -> Refusal {
        isNotRegistered(id.rawValue, LocalizedText(zh: "网格", en: "grid"))
    }

    static func unknownDevice(_ id: DeviceID) -> Refusal {
        isNotRegistered(id.rawValue, LocalizedText(zh: "设备", en: "device"))
    }

    static func unknownOrder(_ id: OrderID) -> Refusal {
        let lists = "vigil silence list, vigil context list, vigil drill list"
        return Refusal(zh: "没有生效中的“\(id)”;请查看 \(lists)", en: "no order \"\(id)\" is in force; see: \(lists)")
    }

    static func isRed(_ matcher: AlertMatcher) -> Refusal {
        let chinese = [matcher.kind.map { "类型“\($0)”" }, matcher.rule.map { "规则“\($0)”" }].compactMap { $0 }
        let english = [matcher.kind.map { "kind \"\($0)\"" }, matcher.rule.map { "rule \"\($0)\"" }].compactMap { $0 }
        return Refusal(
            zh: "\(chinese.joined(separator: "、"))为红色,红色警报从不静默;要试警请用 vigil drill",
            en: "\(english.joined(separator: " of ")) is red, and red is never silenced; for an alarm that is tried out: vigil drill")
    }

    static func unknownKind(_ kind: AlertKind, among known: [AlertKind]) -> Refusal {
        let (name, hint) = named(kind.rawValue, among: known.map(\.rawValue))
        return Refusal(zh: "没有规则会产生 \(name)\(hint.chinese)", en: "no rule raises \(name)\(hint.english)")
    }

    static func unknownRule(_ rule: RuleID, among known: [RuleID]) -> Refusal {
        let (name, hint) = named(rule.rawValue, among: known.map(\.rawValue))
        return Refusal(zh: "没有规则 \(name)\(hint.chinese)", en: "there is no rule \(name)\(hint.english)")
    }

    private static func named(_ name: String, among known: [String]) -> (String, LocalizedText) {
        (SettingFault.quoted(name), SettingFault.localizedHint(name, among: known))
    }

    static func isNotRaised(_ kind: AlertKind, by rule: RuleID) -> Refusal {
        Refusal(
            zh: "规则“\(rule)”不会产生“\(kind)”;请只写其中之一", en: "rule \"\(rule)\" does not raise \"\(kind)\"; name one of the two")
    }

    static func isTooLong(_ what: LocalizedText, _ longest: Milliseconds) -> Refusal {
        Refusal(
            zh: "\(what.chinese)最长 \(longest.text);请写更早的结束时间,到时再登记",
            en: "\(what.english) lasts \(longest.text) at most; write an earlier end, and place it again when that comes")
    }
}
