// Traps in rules and caps.

extension SetupCheck {
    static let capBelowRepeats = SetupCheck("cap_below_repeats") { setup in
        let cap = setup.rules.messageCap
        return setup.policies(.red).compactMap { policy in
            guard let every = policy.repeatEvery, every > .zero, cap.within > .zero else { return nil }
            let rings = cap.within.rawValue / every.rawValue
            guard rings >= cap.messages else { return nil }
            return SetupTrap(
                policy: policy.id, key: "repeat_every",
                danger: LocalizedText(
                    zh: "一位联系人在 \(cap.within.text) 内会被叫 \(rings) 次,而 message_cap 只放行 \(cap.messages) 条:其他消息(如谁已接警)要等",
                    en:
                        "one person would be rung \(rings) times in \(cap.within.text), and message_cap lets \(cap.messages) through: everything else, such as who has it, waits"
                ),
                remedy: LocalizedText(zh: "请加长 repeat_every,或提高 message_cap", en: "repeat less often, or raise message_cap"))
        }
    }

    static let longAbsence = SetupCheck("long_absence") { setup in
        setup.runners.filter { !$0.rule.isShadow }.compactMap { runner in
            guard let after = runner.absenceWindow, after > .hours(24) else { return nil }
            return SetupTrap(
                path: "rules.\(runner.rule.id)",
                danger: LocalizedText(zh: "有人倒下后,要过 \(after.text) 才会有人发现", en: "who lies helpless is missed only after \(after.text)"),
                remedy: LocalizedText(zh: "请写 after: 12h,最多 24h", en: "write after: 12h, at most 24h"))
        }
    }

    static let ruleForNobody = SetupCheck("rule_for_nobody") { setup in
        guard !setup.residents.isEmpty else { return [] }
        return setup.rules.rules.filter { rule in
            rule.scope != .all && !setup.residents.contains { setup.household.isInScope(.resident($0.id), rule.scope) }
        }.map { rule in
            SetupTrap(
                path: "rules.\(rule.id).scope",
                danger: LocalizedText(zh: "此规则的范围内没有住户,谁也不会被守护", en: "nobody lives in the scope of this rule: it watches over nobody"),
                remedy: LocalizedText(zh: "请更正范围,或写 scope: all", en: "correct the scope, or write scope: all"))
        }
    }

    static let noDevice = SetupCheck("no_device") { setup in
        let bare = setup.residents.filter { setup.household.devices(of: $0.id).isEmpty }
        guard !bare.isEmpty else { return [] }
        let names = Setup.list(bare.map(\.id.rawValue))
        return [
            SetupTrap(
                path: "residents",
                danger: LocalizedText(
                    zh: "没有任何设备能代 \(names.chinese) 报警", en: "no device speaks of \(names.english): nothing would be noticed"),
                remedy: LocalizedText(zh: "请登记设备,或安排上门", en: "register a device, or visit them"))
        ]
    }

    static let noLiveness = SetupCheck("no_liveness") { setup in
        let mute = setup.residents.filter { resident in
            let devices = setup.household.devices(of: resident.id).compactMap { setup.household.device($0) }
            return !devices.isEmpty && devices.allSatisfy { $0.deadAfter == nil }
        }
        guard !mute.isEmpty else { return [] }
        let names = Setup.list(mute.map(\.id.rawValue))
        return [
            SetupTrap(
                path: "devices",
                danger: LocalizedText(
                    zh: "\(names.chinese) 的设备都是 one_way:坏了也无人知道",
                    en: "every device of \(names.english) is one_way: that it broke nobody learns"),
                remedy: LocalizedText(
                    zh: "请写 silent_after,或加一台会报平安的设备", en: "write silent_after, or add a device that reports by itself"))
        ]
    }
}
