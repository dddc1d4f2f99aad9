import VigilConsole
import VigilCore

// What is said of standing orders and of who is not protected.

extension Words {
    static let what = LocalizedText(zh: "内容", en: "WHAT")
    static let about = LocalizedText(zh: "对象", en: "ABOUT")
    static let endsAt = LocalizedText(zh: "截止", en: "UNTIL")
    static let by = LocalizedText(zh: "经手人", en: "BY")
    static let noOrders = LocalizedText(zh: "没有", en: "none")

    static let drillMark = LocalizedText(zh: "(演练)", en: " (drill)")
    static let blindResident = LocalizedText(zh: "住户", en: "RESIDENT")
    static let protection = LocalizedText(zh: "守护", en: "PROTECTION")
    static let since = LocalizedText(zh: "历时", en: "FOR")
    static let unheard = LocalizedText(zh: "听不到的设备", en: "UNHEARD")
    static let cause = LocalizedText(zh: "原因", en: "CAUSE")
    static let blind = LocalizedText(zh: "失守", en: "blind")
    static let degraded = LocalizedText(zh: "不完整", en: "degraded")
    static let unobserved = LocalizedText(zh: "未观察", en: "unobserved")

    static func unobserved(_ from: String, until: String) -> LocalizedText {
        LocalizedText(zh: "\(from) 至 \(until) 无人值守", en: "nobody watched from \(from) to \(until)")
    }

    static func isOtherOrder(_ id: String, _ command: String) -> LocalizedText {
        LocalizedText(zh: "“\(id)”不归此命令;请用 vigil \(command) end \(id)", en: "\(id) is another kind; write vigil \(command) end \(id)")
    }

    static let closedCause = LocalizedText(zh: "仍收不到,警报已结案", en: "out still, its alert is closed")
    static let noneBlind = LocalizedText(zh: "所有住户都在守护中", en: "everyone can be heard")

    static func name(of content: StandingOrder.Content) -> LocalizedText {
        switch content {
        case .silence: LocalizedText(zh: "静默", en: "silence")
        case .context(.away, _): LocalizedText(zh: "外出", en: "away")
        case .context(.hospital, _): LocalizedText(zh: "住院", en: "in hospital")
        case .context(.visitor, _): LocalizedText(zh: "有访客", en: "visitor")
        case .drill: LocalizedText(zh: "演练", en: "drill")
        }
    }

    static func state(of order: OrderReport, now: WallTime) -> LocalizedText {
        switch order.state {
        case .open where order.from > now: LocalizedText(zh: "未开始", en: "planned")
        case .open: LocalizedText(zh: "生效中", en: "in force")
        case .ended: LocalizedText(zh: "已提前结束", en: "ended")
        case .expired: LocalizedText(zh: "已到期", en: "expired")
        }
    }

    static func placed(_ order: OrderReport, until: String) -> LocalizedText {
        let name = name(of: order.content)
        return LocalizedText(
            zh: "\(name.chinese)已登记(\(order.id)),至 \(until)", en: "\(name.english) placed as \(order.id), until \(until)")
    }

    static func orderEnded(_ id: String) -> LocalizedText { LocalizedText(zh: "\(id) 已结束", en: "\(id) is over") }
}
