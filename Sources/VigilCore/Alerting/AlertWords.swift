/// What the kinds are called in messages; words before colours.
public enum AlertWords {
    public static func name(of kind: AlertKind) -> LocalizedText {
        switch kind {
        case "sos": LocalizedText(zh: "求救", en: "call for help")
        case "fall": LocalizedText(zh: "跌倒", en: "fall")
        case "smoke": LocalizedText(zh: "火警", en: "smoke")
        case "gas": LocalizedText(zh: "燃气泄漏", en: "gas")
        case "absence": LocalizedText(zh: "久未活动", en: "no sign of life")
        case "device_silent": LocalizedText(zh: "设备失联", en: "silent device")
        case "source_down": LocalizedText(zh: "消息源中断", en: "source down")
        case "session_lost": LocalizedText(zh: "消息可能丢失", en: "messages may be lost")
        case "storage_replaced": LocalizedText(zh: "存储已替换", en: "storage was replaced")
        case "storage": LocalizedText(zh: "存储故障", en: "storage failure")
        case "heart_rate_bpm": LocalizedText(zh: "心率异常", en: "heart rate")
        case "respiration_rpm": LocalizedText(zh: "呼吸异常", en: "breathing")
        case "spo2_percent": LocalizedText(zh: "血氧异常", en: "oxygen saturation")
        case "body_temperature_c": LocalizedText(zh: "体温异常", en: "body temperature")
        default: LocalizedText(zh: kind.rawValue, en: kind.rawValue)
        }
    }

    public static func name(of severity: Severity) -> LocalizedText {
        switch severity {
        case .red: LocalizedText(zh: "紧急", en: "emergency")
        case .yellow: LocalizedText(zh: "注意", en: "attention")
        case .blue: LocalizedText(zh: "提示", en: "note")
        }
    }
}
