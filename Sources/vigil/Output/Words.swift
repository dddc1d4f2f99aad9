import VigilConsole
import VigilCore

/// Everything that the program says to people, in both languages, in one place.
enum Words {
    static let severity = LocalizedText(zh: "级别", en: "SEVERITY")
    static let state = LocalizedText(zh: "状态", en: "STATE")
    static let kind = LocalizedText(zh: "类型", en: "KIND")
    static let subject = LocalizedText(zh: "对象", en: "SUBJECT")
    static let age = LocalizedText(zh: "历时", en: "AGE")
    static let owner = LocalizedText(zh: "负责人", en: "OWNER")
    static let id = LocalizedText(zh: "编号", en: "ID")
    static let dialect = LocalizedText(zh: "协议", en: "DIALECT")
    static let address = LocalizedText(zh: "地址", en: "ADDRESS")
    static let sightings = LocalizedText(zh: "次数", en: "SEEN")
    static let announced = LocalizedText(zh: "通告", en: "ANNOUNCED")
    static let lastSeen = LocalizedText(zh: "最近", en: "LAST")
    static let sample = LocalizedText(zh: "样例", en: "SAMPLE")
    static let frames = LocalizedText(zh: "帧数", en: "FRAMES")
    static let reason = LocalizedText(zh: "原因", en: "REASON")
    static let topic = LocalizedText(zh: "主题", en: "TOPIC")
    static let evidence = LocalizedText(zh: "依据", en: "evidence")
    static let timeline = LocalizedText(zh: "经过", en: "timeline")
    static let deliveries = LocalizedText(zh: "通知", en: "deliveries")
    static let noDeliveries = LocalizedText(zh: "没有发出通知", en: "nobody was told")
    static let nobody = LocalizedText(zh: "无人", en: "nobody")
    static let unclaimedPace = LocalizedText(
        zh: "首条消息时显示,一分钟后更新一次,之后每十分钟更新一次",
        en: "a line moves with the first message, after a minute, then every ten minutes")
    static let noUnclaimed = LocalizedText(
        zh: "在 vigil.yaml 所列主题上上报的设备都已登记;要接入其他设备,请看 docs/add-a-device.md",
        en: "who speaks on the topics of vigil.yaml is registered; how to add another device: docs/add-a-device.md")
    static let noDraft = LocalizedText(
        zh: "没有可供起草的通告:该设备已登记、未发布通告,或其协议已受支持;请查看 vigil devices unclaimed",
        en:
            "nothing to draft from: the device is registered, announces nothing, or speaks a dialect that is decoded; see: vigil devices unclaimed"
    )
    static let noQuarantine = LocalizedText(zh: "没有无法解析的消息", en: "every message was understood")
    static let unrecorded = LocalizedText(zh: "未记录", en: "unrecorded")
    static let isUnrecorded = LocalizedText(
        zh: "未记录:存储故障期间仅保存在内存中;请查看 vigil status", en: "unrecorded: the storage fails and this is kept in memory; see: vigil status")
    static let foundOnConnect = LocalizedText(zh: "(连接时已存在)", en: " (found on connect)")
    static let withdrawn = LocalizedText(zh: "已退回,升级从下一步继续", en: "given back; escalation goes on at the next step")
    static let noted = LocalizedText(zh: "已记录", en: "noted")
    static let seen = LocalizedText(zh: "已记录已阅;无人接警,升级继续", en: "noted as seen; nobody has it, and escalation goes on")
    static let awaitsReview = LocalizedText(
        zh: "待第二人核查:vigil alerts review", en: "a second person has not looked at it yet: vigil alerts review")
    static let reopened = LocalizedText(zh: "已重新打开,重新开始升级", en: "opened again; people are told as at first")
    static let done = LocalizedText(
        zh: "已执行,但记录尚未显示;请查看 vigil status", en: "done, but the record does not show it yet; see: vigil status")
    static let ready = LocalizedText(zh: "就绪", en: "ready")

    static func late(_ then: String) -> LocalizedText {
        LocalizedText(zh: "(迟到:\(then) 发生)", en: " (arrived late: happened \(then))")
    }

    /// - Parameter kind: what was asked for; nil for every kind.
    static func noAlerts(_ state: String, of kind: String?) -> LocalizedText {
        let what = kind.map { LocalizedText(zh: "类型为“\($0)”的", en: " of kind \"\($0)\"") } ?? LocalizedText(zh: "", en: "")
        switch state {
        case "open": return LocalizedText(zh: "没有未结束的\(what.chinese)警报", en: "no open alerts\(what.english)")
        case "closed": return LocalizedText(zh: "没有已结案的\(what.chinese)警报", en: "no closed alerts\(what.english)")
        default: return LocalizedText(zh: "没有\(what.chinese)警报", en: "no alerts\(what.english)")
        }
    }

    static func noted(ownedBy owner: String) -> LocalizedText {
        LocalizedText(zh: "已记录已阅;由 \(owner) 负责", en: "noted as seen; \(owner) has it")
    }

    static func offered(to other: String, by owner: String) -> LocalizedText {
        LocalizedText(zh: "已请求 \(other) 接手;在其接受前由 \(owner) 负责", en: "\(other) is asked; \(owner) has it until they accept")
    }

    static func reviewed(by name: String) -> LocalizedText { LocalizedText(zh: "\(name) 已核查", en: "reviewed by \(name)") }

    static func taken(by owner: String, within length: String) -> LocalizedText {
        LocalizedText(
            zh: "\(owner) 已接警;请在 \(length) 内报告出发(on-the-way),否则退回",
            en: "taken by \(owner); say on-the-way within \(length) or it goes back")
    }

    /// Who accepts again while they are on their way or there.
    static func attending(_ owner: String, within length: String) -> LocalizedText {
        LocalizedText(
            zh: "\(owner) 正在处置;请在 \(length) 内报告进展,否则退回",
            en: "\(owner) has it and is attending; report progress within \(length) or it goes back")
    }

    static func onTheWay(_ owner: String, within length: String) -> LocalizedText {
        LocalizedText(
            zh: "\(owner) 已出发;请在 \(length) 内报告到场(on-scene),否则退回",
            en: "\(owner) is on the way; say on-scene within \(length) or it goes back")
    }

    static func onScene(_ owner: String, within length: String) -> LocalizedText {
        LocalizedText(
            zh: "\(owner) 已到场;请在 \(length) 内结案(close --outcome),否则退回",
            en: "\(owner) is on the scene; close it with an outcome within \(length) or it goes back")
    }

    static func closed(_ outcome: OutcomeCode) -> LocalizedText {
        LocalizedText(zh: "已结案:\(outcome.rawValue)", en: "closed: \(outcome.rawValue)")
    }

    static func declined(_ owner: String) -> LocalizedText {
        LocalizedText(zh: "已记录;由 \(owner) 负责", en: "noted; \(owner) has it")
    }

    static func checkedIn(_ resident: String) -> LocalizedText {
        LocalizedText(zh: "\(resident) 已确认;久未活动重新计时", en: "\(resident) is checked in; rules of absence begin anew")
    }

    static func imported(_ version: Int, _ counts: RegistryImportResult.Counts?) -> LocalizedText {
        guard let counts else { return LocalizedText(zh: "已导入,版本 \(version)", en: "imported as version \(version)") }
        return LocalizedText(
            zh: "已导入,版本 \(version):\(counts.dwellings) 户,\(counts.residents) 人,\(counts.devices) 台设备,\(counts.contacts) 位联系人",
            en: "imported as version \(version): \(counts.dwellings) dwellings, \(counts.residents) residents, "
                + "\(counts.devices) devices, \(counts.contacts) contacts")
    }

    static func reloaded(_ version: Int) -> LocalizedText {
        LocalizedText(zh: "配置已重新加载,规则版本 \(version)", en: "configuration reloaded; rules are now version \(version)")
    }

    static func checked(errors: Int, warnings: Int) -> LocalizedText {
        if errors == 0 && warnings == 0 { return LocalizedText(zh: "配置正确", en: "nothing to complain about") }
        return LocalizedText(
            zh: "\(errors) 个错误,\(warnings) 个警告",
            en: "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")")
    }

    static func raised(_ time: String, _ occurrences: Int) -> LocalizedText {
        LocalizedText(
            zh: "\(time) 发生,共 \(occurrences) 次", en: "raised \(time), occurred \(occurrences == 1 ? "once" : "\(occurrences) times")")
    }
}
