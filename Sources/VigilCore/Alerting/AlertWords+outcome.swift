// How it ended, in the words that each recipient needs (`alert-lifecycle.md`, section 6).

extension AlertWords {
    /// The outcome for those whose work it is, for the family, or for a desk that needs to know no more than that it is over.
    public static func outcome(_ outcome: OutcomeCode, for role: ContactRole) -> LocalizedText {
        switch role {
        case .gridOfficer, .communityLead, .buildingCaptain, .clinic, .installer: name(of: outcome)
        case .family: familyName(of: outcome)
        case .propertyDesk: isAboutPerson(outcome) ? seenTo : name(of: outcome)
        }
    }

    private static let seenTo = LocalizedText(zh: "已有人处置", en: "somebody has seen to it")

    /// What a family can read on a telephone without anybody beside them: what is grave says that they must call, and a person tells them.
    private static func familyName(of outcome: OutcomeCode) -> LocalizedText {
        switch outcome {
        case .fall_injury:
            LocalizedText(
                zh: "跌倒受伤,有人在身边照护;请尽快与社区联系",
                en: "they fell and are hurt; somebody is with them; please call the community now")
        case .fall_no_injury: LocalizedText(zh: "有人到场,未受伤", en: "somebody was with them; no injury")
        case .medical_transport_120:
            LocalizedText(zh: "已由 120 送医;请尽快与社区联系", en: "they were taken to hospital; please call the community now")
        case .medical_on_site:
            LocalizedText(zh: "医护人员已到场处置", en: "medical staff came and treated them at home")
        case .fire_119:
            LocalizedText(zh: "发生火情,119 已到场;请尽快与社区联系", en: "there was a fire and the fire brigade came; please call the community now")
        case .smoke_cooking: LocalizedText(zh: "是做饭的油烟,没有着火", en: "it was smoke from cooking; there was no fire")
        case .gas_or_leak: LocalizedText(zh: "燃气或漏水,已有人处置", en: "gas or water was leaking; somebody has seen to it")
        case .sos_real: LocalizedText(zh: "确有需要,已得到帮助", en: "they needed help and got it")
        case .sos_accidental: LocalizedText(zh: "是误按,没有出事", en: "it was pressed by accident; nothing had happened")
        case .resident_cancelled: LocalizedText(zh: "本人表示没事,已取消", en: "they said themselves that it was nothing")
        case .ok_confirmed_by_phone: LocalizedText(zh: "已电话联系到本人,平安", en: "somebody spoke to them by phone; they are well")
        case .ok_confirmed_in_person: LocalizedText(zh: "已有人上门看望,平安", en: "somebody went to see them; they are well")
        case .away_known: LocalizedText(zh: "本人外出,事先已知", en: "they were away, as was known")
        case .visitor_or_cleaning: LocalizedText(zh: "是访客或打扫触发的", en: "a visitor or cleaning had set it off")
        case .device_off_body: LocalizedText(zh: "原因是设备没有佩戴", en: "the device was not being worn")
        case .device_fault: LocalizedText(zh: "原因是设备故障", en: "the device was at fault")
        case .battery: LocalizedText(zh: "原因是设备电量不足", en: "the device's battery was low")
        case .link_lost: LocalizedText(zh: "原因是设备信号中断", en: "the device had lost its connection")
        case .no_entry_police_or_locksmith:
            LocalizedText(
                zh: "无法进门,已请警方或开锁人员;请尽快与社区联系",
                en: "nobody could get in, police or a locksmith were called; please call the community now")
        case .deceased_found:
            LocalizedText(zh: "已有人到场;请尽快与社区联系", en: "somebody is there; please call the community now")
        case .handed_up: LocalizedText(zh: "已转由上级继续处理", en: "others have taken it over and go on with it")
        case .duplicate: LocalizedText(zh: "与另一条警报是同一件事", en: "it was the same as another alert")
        case .drill: LocalizedText(zh: "是一次演练", en: "it was a drill")
        case .auto_cleared: LocalizedText(zh: "情况已自行恢复正常", en: "it went back to normal by itself")
        }
    }

    /// Whether it tells something of a person's body or whereabouts.
    private static func isAboutPerson(_ outcome: OutcomeCode) -> Bool {
        switch outcome {
        case .fall_injury, .fall_no_injury, .medical_transport_120, .medical_on_site, .sos_real, .resident_cancelled,
            .ok_confirmed_by_phone, .ok_confirmed_in_person, .away_known, .device_off_body, .no_entry_police_or_locksmith,
            .deceased_found:
            true
        case .fire_119, .smoke_cooking, .gas_or_leak, .sos_accidental, .visitor_or_cleaning, .device_fault, .battery, .link_lost,
            .handed_up, .duplicate, .drill, .auto_cleared:
            false
        }
    }
}
