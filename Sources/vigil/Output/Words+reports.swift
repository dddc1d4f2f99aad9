import VigilCore

// What reports and call sheets say.

extension Words {
    static let alertCount = LocalizedText(zh: "警报", en: "ALERTS")
    static let openCount = LocalizedText(zh: "未结", en: "OPEN")
    static let neverOwned = LocalizedText(zh: "无人接警", en: "NEVER OWNED")
    static let until = LocalizedText(zh: "至", en: "UNTIL")
    static let untilOwned = LocalizedText(zh: "接警", en: "owned")
    static let untilOnScene = LocalizedText(zh: "到场", en: "on scene")
    static let untilClosed = LocalizedText(zh: "结案", en: "closed")
    static let count = LocalizedText(zh: "次数", en: "COUNT")
    static let real = LocalizedText(zh: "真实", en: "REAL")
    static let falseAlarms = LocalizedText(zh: "误报", en: "FALSE")
    static let falseShare = LocalizedText(zh: "误报率", en: "FALSE %")
    static let neither = LocalizedText(zh: "无法判断", en: "NEITHER")
    static let cancelled = LocalizedText(zh: "本人取消", en: "CANCELLED")
    static let drills = LocalizedText(zh: "演练", en: "DRILLS")
    static let notKnown = LocalizedText(zh: "(未登记)", en: "(not known)")

    static func period(_ from: String, _ to: String) -> LocalizedText {
        LocalizedText(zh: "\(from) 至 \(to)", en: "\(from) to \(to)")
    }

    static func noReport(_ period: LocalizedText) -> LocalizedText {
        LocalizedText(zh: "此期间没有任何警报:\(period.chinese)", en: "there were no alerts in this period: \(period.english)")
    }

    static func overview(_ group: ResponseReport.Group) -> LocalizedText {
        let lost = group.timesUnknown
        return LocalizedText(
            zh: "警报 \(group.alerts),未结 \(group.open),无人接警 \(group.neverOwned);通知前本人取消 \(group.cancelled),演练 \(group.drills)"
                + (lost > 0 ? ";\(lost) 条的时间记录已随损坏的数据库丢失" : ""),
            en: "\(group.alerts) alerts, \(group.open) open, \(group.neverOwned) never owned; "
                + "\(group.cancelled) cancelled by the resident first, \(group.drills) drills"
                + (lost > 0 ? "; the times of \(lost) were lost with a damaged database" : ""))
    }

    static func name(of grouping: ReportGrouping) -> LocalizedText {
        switch grouping {
        case .alertClass: LocalizedText(zh: "类别", en: "CLASS")
        case .grid: LocalizedText(zh: "网格", en: "GRID")
        case .kind: kind
        case .severity: severity
        case .rule: LocalizedText(zh: "规则", en: "RULE")
        case .deviceModel: LocalizedText(zh: "设备型号", en: "DEVICE MODEL")
        case .resident: LocalizedText(zh: "住户", en: "RESIDENT")
        }
    }

    static func name(of alertClass: AlertClass) -> LocalizedText {
        switch alertClass {
        case .life: LocalizedText(zh: "人身", en: "life")
        case .technical: LocalizedText(zh: "技术", en: "technical")
        }
    }

    // MARK: Call sheet

    static let callSheet = LocalizedText(zh: "紧急通讯单", en: "CALL SHEET")
    static let openRedAlerts = LocalizedText(zh: "未结束的紧急警报", en: "OPEN RED ALERTS")
    static let noRedAlerts = LocalizedText(zh: "打印时没有未结束的紧急警报", en: "no red alert was open when this was printed")
    static let noHomes = LocalizedText(
        zh: "登记册中没有住户;请先导入:vigil registry import", en: "nobody is registered yet; import them first: vigil registry import")
    static let noPhone = LocalizedText(zh: "无电话", en: "no telephone")
    static let resident = LocalizedText(zh: "住户", en: "resident")

    /// Each fits into 80 columns.
    static let isPersonalData = [
        LocalizedText(
            zh: "含姓名、住址和电话,属于个人信息:请上锁保管,", en: "Personal data: names, addresses and telephone numbers. Keep it locked away,"),
        LocalizedText(zh: "打印新单后请立即销毁旧单。", en: "and destroy it when a newer one is printed."),
    ]

    static func registryVersion(_ version: Int) -> LocalizedText {
        LocalizedText(zh: "登记册版本 \(version)", en: "registry version \(version)")
    }

    static func name(of role: ContactRole) -> LocalizedText {
        switch role {
        case .gridOfficer: LocalizedText(zh: "网格员", en: "grid officer")
        case .communityLead: LocalizedText(zh: "社区负责人", en: "community lead")
        case .buildingCaptain: LocalizedText(zh: "楼长", en: "building captain")
        case .family: LocalizedText(zh: "家属", en: "family")
        case .propertyDesk: LocalizedText(zh: "物业值班", en: "property desk")
        case .clinic: LocalizedText(zh: "卫生站", en: "clinic")
        case .installer: LocalizedText(zh: "设备安装", en: "installer")
        }
    }
}
