import VigilConsole
import VigilCore

// The words of `vigil cover`.

extension Words {
    static let weakestLink = LocalizedText(zh: "最弱环节", en: "WEAKEST LINK")
    static let toNotice = LocalizedText(zh: "发现", en: "NOTICE")
    static let toTell = LocalizedText(zh: "通知", en: "NOTIFY")
    static let unbounded = LocalizedText(zh: "不定", en: "unbounded")

    static func name(of verdict: Protection) -> LocalizedText {
        switch verdict {
        case .covered: LocalizedText(zh: "守护中", en: "covered")
        case .degraded: degraded
        case .blind: blind
        }
    }

    static func name(of danger: Danger) -> LocalizedText {
        switch danger {
        case .sos: LocalizedText(zh: "求救", en: "call for help")
        case .fall: LocalizedText(zh: "跌倒", en: "fall")
        case .smoke: LocalizedText(zh: "火警", en: "smoke")
        case .inactivity: LocalizedText(zh: "久未活动", en: "inactivity")
        }
    }

    static func name(of link: Coverage.Link.What) -> LocalizedText {
        switch link {
        case .device: LocalizedText(zh: "设备", en: "device")
        case .worn: LocalizedText(zh: "佩戴", en: "worn")
        case .rule: LocalizedText(zh: "规则", en: "rule")
        case .people: LocalizedText(zh: "人员", en: "people")
        case .channel: LocalizedText(zh: "渠道", en: "channel")
        case .storage: LocalizedText(zh: "存储", en: "storage")
        }
    }

    /// nil where nothing bounds it.
    static func worstCase(_ notice: String?, _ tell: String?) -> LocalizedText {
        let noticed = notice.map { LocalizedText(zh: "最迟 \($0) 发现", en: "noticed within \($0)") }
        let told = tell.map { LocalizedText(zh: "再过 \($0) 通知", en: "somebody told within \($0) after that") }
        let (never, nobody) = (
            LocalizedText(zh: "可能一直无人发现", en: "perhaps never noticed"), LocalizedText(zh: "通知不到任何人", en: "nobody is told")
        )
        return LocalizedText(
            zh: "\((noticed ?? never).chinese),\((told ?? nobody).chinese)",
            en: "\((noticed ?? never).english), \((told ?? nobody).english)")
    }

    static func counted(_ report: CoverageReport) -> LocalizedText {
        LocalizedText(
            zh: "共 \(report.residents.count) 人:失守 \(report.blind),不完整 \(report.degraded),守护中 \(report.covered)",
            en: "\(report.residents.count) residents: \(report.blind) blind, \(report.degraded) degraded, \(report.covered) covered")
    }
}
