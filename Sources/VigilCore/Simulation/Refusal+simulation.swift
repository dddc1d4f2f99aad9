extension Refusal {
    static func isNotRegistered(_ subject: Subject) -> Refusal {
        switch subject {
        case .resident(let id): unknownResident(id)
        case .dwelling(let id): isNotRegistered(id.rawValue, LocalizedText(zh: "住处", en: "dwelling"))
        case .device(let id): isNotRegistered(id.rawValue, LocalizedText(zh: "设备", en: "device"))
        case .building(let id): isNotRegistered(id, LocalizedText(zh: "楼栋", en: "building"))
        case .component(let name): isNotRegistered(name, LocalizedText(zh: "部件", en: "component"))
        }
    }

    static func unknownKind(_ kind: AlertKind, known: [AlertKind]) -> Refusal {
        let hint = SettingFault.localizedHint(kind.rawValue, among: known.map(\.rawValue))
        return Refusal(zh: "没有规则会产生“\(kind)”\(hint.chinese)", en: "no rule raises \"\(kind)\"\(hint.english)")
    }

    static func isAboutParts(_ kind: AlertKind) -> Refusal {
        Refusal(
            zh: "“\(kind)”针对系统自身的部件;请用 --part 指定", en: "\"\(kind)\" is about a part of the system itself; name one with --part")
    }

    /// - Parameter needsDevice: a rule of the kind speaks about devices.
    static func cannotBeAbout(_ kind: AlertKind, _ subject: Subject, needsDevice: Bool) -> Refusal {
        if needsDevice {
            return Refusal(zh: "“\(kind)”针对设备;请用 --device 指定", en: "\"\(kind)\" is about a device; name one with --device")
        }
        return Refusal(
            zh: "“\(kind)”针对一位住户,而 \(subject) 并非恰好一人;请用 --resident 指定",
            en: "\"\(kind)\" is about one resident, and \(subject) stands for none or several; name one with --resident")
    }

    /// - Parameter rules: those that would raise it, each in the shadow or out of scope.
    static func raisedByNoRule(_ kind: AlertKind, _ subject: Subject, _ rules: [Rule]) -> Refusal {
        let chinese = rules.map { "\($0.id)\($0.isShadow ? "(影子规则)" : "(不在范围内)")" }.joined(separator: "、")
        let english = rules.map { "\($0.id) \($0.isShadow ? "is in the shadow" : "does not cover them")" }.joined(separator: ", ")
        return Refusal(
            zh: "没有规则会为 \(subject) 产生“\(kind)”:\(chinese);请修改规则",
            en: "no rule raises \"\(kind)\" for \(subject): \(english); change a rule")
    }
}
