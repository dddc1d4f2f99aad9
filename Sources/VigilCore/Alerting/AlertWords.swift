/// What the kinds are called in messages; words before colours.
public enum AlertWords {
    public static func name(of kind: AlertKind) -> LocalizedText {
        AlertKinds.description(of: kind)?.name ?? LocalizedText(zh: kind.rawValue, en: kind.rawValue)
    }

    public static func name(of severity: Severity) -> LocalizedText {
        switch severity {
        case .red: LocalizedText(zh: "紧急", en: "emergency")
        case .yellow: LocalizedText(zh: "注意", en: "attention")
        case .blue: LocalizedText(zh: "提示", en: "note")
        }
    }

    public static func name(of outcome: OutcomeCode) -> LocalizedText {
        switch outcome {
        case .fall_injury: LocalizedText(zh: "跌倒,受伤", en: "a fall, injured")
        case .fall_no_injury: LocalizedText(zh: "跌倒,未受伤", en: "a fall, not injured")
        case .medical_transport_120: LocalizedText(zh: "120 送医", en: "taken to hospital")
        case .medical_on_site: LocalizedText(zh: "现场医疗处置", en: "treated on the spot")
        case .fire_119: LocalizedText(zh: "119 灭火", en: "a fire, with the fire brigade")
        case .smoke_cooking: LocalizedText(zh: "做饭油烟", en: "smoke of cooking")
        case .gas_or_leak: LocalizedText(zh: "燃气或漏水", en: "gas or a leak")
        case .sos_real: LocalizedText(zh: "真实求救", en: "a real call for help")
        case .sos_accidental: LocalizedText(zh: "误按", en: "pressed by accident")
        case .resident_cancelled: LocalizedText(zh: "本人取消", en: "cancelled by the resident")
        case .ok_confirmed_by_phone: LocalizedText(zh: "电话确认平安", en: "well, confirmed by phone")
        case .ok_confirmed_in_person: LocalizedText(zh: "上门确认平安", en: "well, confirmed in person")
        case .away_known: LocalizedText(zh: "已知外出", en: "known to be away")
        case .visitor_or_cleaning: LocalizedText(zh: "访客或打扫", en: "a visitor or cleaning")
        case .device_off_body: LocalizedText(zh: "设备未佩戴", en: "the device was not worn")
        case .device_fault: LocalizedText(zh: "设备故障", en: "a fault of the device")
        case .battery: LocalizedText(zh: "电量不足", en: "the battery")
        case .link_lost: LocalizedText(zh: "信号中断", en: "the link was lost")
        case .no_entry_police_or_locksmith: LocalizedText(zh: "无法入户,已请警方或开锁", en: "no entry: police or a locksmith")
        case .deceased_found: LocalizedText(zh: "发现时已离世", en: "found deceased")
        case .handed_up: LocalizedText(zh: "已上报", en: "handed up")
        case .duplicate: LocalizedText(zh: "重复警报", en: "a duplicate")
        case .drill: LocalizedText(zh: "演练", en: "a drill")
        case .auto_cleared: LocalizedText(zh: "自动恢复", en: "cleared by itself")
        }
    }
}
