import VigilCore
import VigilDevices

// The words of `vigil decode --explain`.

extension Words {
    static let part = LocalizedText(zh: "字段", en: "PART")
    static let partValue = LocalizedText(zh: "值", en: "VALUE")
    static let partRole = LocalizedText(zh: "作用", en: "ROLE")
    static let isNoJSON = LocalizedText(zh: "内容不是 JSON,无法逐项说明", en: "the payload is no JSON, and has no parts to look at one by one")

    static func read(by why: Explanation) -> LocalizedText {
        let reader = "\(why.dialect) (\(why.decoder))"
        guard let filter = why.filter else {
            return LocalizedText(
                zh: "设备 \(why.device),解码器 \(reader),由命令指定", en: "device \(why.device), read by \(reader), which was named")
        }
        return LocalizedText(
            zh: "设备 \(why.device),解码器 \(reader),由主题 \(filter) 决定",
            en: "device \(why.device), read by \(reader), as the topic is one of \(filter)")
    }

    static func says(_ facts: String) -> LocalizedText {
        facts.isEmpty ? LocalizedText(zh: "含义:无", en: "it says nothing") : LocalizedText(zh: "含义:\(facts)", en: "it says: \(facts)")
    }

    static func name(of role: Explanation.Role) -> LocalizedText {
        switch role {
        case .told: LocalizedText(zh: "产生", en: "tells")
        case .timed: LocalizedText(zh: "时间", en: "says when")
        case .receipt: LocalizedText(zh: "回执", en: "receipt")
        case .needed: LocalizedText(zh: "必需", en: "needed")
        case .withholds: LocalizedText(zh: "抑制", en: "withholds")
        case .faulty: LocalizedText(zh: "有误", en: "left out")
        case .ignored: LocalizedText(zh: "忽略", en: "ignored")
        }
    }

    static func mapsNothing(_ dialect: String) -> LocalizedText {
        LocalizedText(zh: "协议 \(dialect) 没有对应的含义", en: "the dialect \(dialect) maps nothing here")
    }

    static func why(_ unused: Explanation.Unused) -> LocalizedText {
        switch unused {
        case .noFact: LocalizedText(zh: "配置档没有读取它", en: "no fact of the profile reads it")
        case .conditions: LocalizedText(zh: "条件不成立", en: "the conditions do not hold")
        case .time: LocalizedText(zh: "作为时间读取,这里没有用上", en: "it is read as the time, which it does not change here")
        case .name: LocalizedText(zh: "作为设备名读取", en: "it is read as the device's name")
        case .onlyCondition: LocalizedText(zh: "只用作条件", en: "only a condition looks at it")
        case .saysNothing: LocalizedText(zh: "这个值没有含义", en: "this value says nothing")
        case .history: LocalizedText(zh: "历史记录,不作结论", en: "history, from which nothing is concluded")
        case .ignoredMessage: LocalizedText(zh: "该消息与设备状态无关", en: "the message says nothing about its device")
        }
    }

    static func shared(_ facts: String) -> LocalizedText {
        LocalizedText(zh: "不取决于单个字段:\(facts)", en: "no single part makes: \(facts)")
    }

    static func furtherParts(_ count: Int) -> LocalizedText {
        LocalizedText(zh: "另有 \(count) 个字段未逐项说明", en: "\(count) further parts were not looked at")
    }

    static func leftOut(_ fault: String) -> LocalizedText { LocalizedText(zh: "未采用:\(fault)", en: "left out: \(fault)") }
}
