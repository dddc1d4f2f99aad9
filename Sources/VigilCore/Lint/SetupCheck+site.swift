// Traps in what surrounds the people: the monitor outside, and what is set off at the site.

extension SetupCheck {
    static let noHeartbeat = SetupCheck("no_heartbeat") { setup in
        guard let site = setup.site, !site.hasHeartbeat else { return [] }
        return [
            SetupTrap(
                path: "heartbeat",
                danger: LocalizedText(
                    zh: "没有外部监测:本机、电源或网络中断,或谁都联系不上时,外面无人知道",
                    en:
                        "no monitor outside: that this box, its power or its network is gone, or that nobody can be reached, nobody learns"
                ),
                remedy: LocalizedText(
                    zh: "请写 heartbeat: {url_file: credentials/heartbeat}", en: "write heartbeat: {url_file: credentials/heartbeat}")
            )
        ]
    }

    static let silentSite = SetupCheck("silent_site") { setup in
        guard setup.site != nil, setup.rules.unreachableActions.isEmpty else { return [] }
        return [
            SetupTrap(
                path: "nobody_reachable",
                danger: LocalizedText(
                    zh: "红色警报谁都联系不上时,现场没有任何声光", en: "where nobody is reached about a red alert, nothing rings at the site"),
                remedy: LocalizedText(
                    zh: "请在 actions 中登记警笛或警灯,并写 nobody_reachable: {act: [siren]}",
                    en: "write a siren or lamp under actions, and nobody_reachable: {act: [siren]}"))
        ]
    }

    static let unacknowledgedAction = SetupCheck("unacknowledged_action") { setup in
        let ofRed = setup.policies(.red).flatMap(\.steps).flatMap(\.act) + setup.rules.unreachableActions
        let blind = (setup.site?.unacknowledged ?? []).filter { ofRed.contains($0) }
        guard !blind.isEmpty else { return [] }
        let names = Setup.list(blind.map(\.rawValue))
        return [
            SetupTrap(
                path: "actions",
                danger: LocalizedText(
                    zh: "\(names.chinese) 没有设备回执:设备没动作,也会记为已执行",
                    en: "\(names.english): no device acknowledges it, and what the device never did counts as done"),
                remedy: LocalizedText(
                    zh: "请写 acknowledge: {topic: 设备回报状态的主题}", en: "write acknowledge: {topic: where the device tells its state}"))
        ]
    }

    static let namelessKind = SetupCheck("nameless_kind") { setup in
        setup.runners.filter { !$0.rule.isShadow && $0.rule.message == nil }.compactMap { runner in
            guard let kind = runner.raises.first(where: { AlertKinds.description(of: $0) == nil }) else { return nil }
            return SetupTrap(
                path: "rules.\(runner.rule.id)",
                danger: LocalizedText(
                    zh: "“\(kind)”没有给人看的名称:消息里就写“\(kind)”", en: "\"\(kind)\" has no name for people: messages say \"\(kind)\""),
                remedy: LocalizedText(zh: "请写 message: {zh-CN: …, en: …}", en: "write message: {zh-CN: ..., en: ...}"))
        }
    }
}
