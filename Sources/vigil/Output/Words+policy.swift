import VigilCore

// The words of `vigil policy`.

extension Words {
    static let afterwards = LocalizedText(zh: "之后", en: "AFTER")
    static let time = LocalizedText(zh: "时间", en: "TIME")
    static let step = LocalizedText(zh: "步骤", en: "STEP")
    static let who = LocalizedText(zh: "通知谁", en: "WHO")
    static let role = LocalizedText(zh: "角色", en: "ROLE")
    static let channel = LocalizedText(zh: "渠道", en: "CHANNEL")
    static let method = LocalizedText(zh: "方式", en: "METHOD")
    static let remark = LocalizedText(zh: "说明", en: "NOTE")
    static let again = LocalizedText(zh: "再次通知", en: "again")

    static func noRegistryYet(in directory: String) -> LocalizedText {
        LocalizedText(
            zh: "\(directory) 中还没有住户登记;请用 -r 文件 指定,或先导入:vigil registry import 文件",
            en: "no registry was ever imported into \(directory); name a file with -r, or import one first: vigil registry import FILE")
    }

    static func noSuchTime(_ time: String, zone: String) -> LocalizedText {
        LocalizedText(
            zh: "\(zone) 没有 \(time) 这一时刻:时钟在此跳过;请另选时间",
            en: "the clocks of \(zone) leave out \(time); choose another time")
    }

    static func simulated(_ simulation: PolicySimulation, at time: String) -> LocalizedText {
        let kind = AlertWords.name(of: simulation.kind)
        return LocalizedText(
            zh: "\(time) \(simulation.subject) 发生“\(kind.chinese)”(\(name(of: simulation.severity).chinese)),规则 \(simulation.rule),"
                + "策略 \(simulation.policy),无人应答:",
            en:
                "\(time) \(kind.english) (\(name(of: simulation.severity).english)) of \(simulation.subject), by rule \(simulation.rule), "
                + "under policy \(simulation.policy), while nobody answers:")
    }

    static func simulationCut(_ count: Int) -> LocalizedText {
        LocalizedText(
            zh: "仅显示前 \(count) 行:在最后一步之前重复过多;请查看 repeat_every",
            en: "cut after \(count) lines, before the last step has repeated; look at repeat_every")
    }

    static func remedy(_ words: LocalizedText) -> LocalizedText { LocalizedText(zh: "→ \(words.chinese)", en: "-> \(words.english)") }

    static func linted(_ count: Int) -> LocalizedText {
        count == 0
            ? LocalizedText(zh: "未发现隐患", en: "no trap found")
            : LocalizedText(zh: "发现 \(count) 处隐患", en: "\(count) trap\(count == 1 ? "" : "s") found")
    }

    static func mayCancel(until time: String) -> LocalizedText {
        LocalizedText(zh: "本人可在 \(time) 前取消", en: "they may cancel until \(time)")
    }

    static func deferred(until time: String, _ cause: SimulatedLine.Cause?) -> LocalizedText {
        switch cause {
        case .quietHours: LocalizedText(zh: "免打扰,推迟至 \(time)", en: "quiet hours: waits until \(time)")
        case .messageCap, nil: LocalizedText(zh: "消息过多,推迟至 \(time)", en: "too many messages: waits until \(time)")
        }
    }

    static func emptyStep(_ recipients: String) -> LocalizedText {
        LocalizedText(zh: "跳过:\(recipients) 无人", en: "skipped: nobody for \(recipients)")
    }
}
