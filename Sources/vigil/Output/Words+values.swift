import VigilCore

// The words for the values of the core's enumerations.

extension Words {
    static func name(of severity: Severity) -> LocalizedText {
        switch severity {
        case .red: LocalizedText(zh: "红", en: "red")
        case .yellow: LocalizedText(zh: "黄", en: "yellow")
        case .blue: LocalizedText(zh: "蓝", en: "blue")
        }
    }

    static func name(of state: AlertState) -> LocalizedText {
        switch state {
        case .pending: LocalizedText(zh: "待确认", en: "pending")
        case .raised: LocalizedText(zh: "待接警", en: "raised")
        case .owned: LocalizedText(zh: "已接警", en: "owned")
        case .attending: LocalizedText(zh: "处置中", en: "attending")
        case .closed: LocalizedText(zh: "已结案", en: "closed")
        }
    }

    static func name(of condition: Alert.Condition) -> LocalizedText {
        switch condition {
        case .active: LocalizedText(zh: "持续", en: "active")
        case .cleared: LocalizedText(zh: "已解除", en: "cleared")
        case .unknown: LocalizedText(zh: "不明", en: "unknown")
        }
    }

    static func name(of state: Delivery.State) -> LocalizedText {
        switch state {
        case .ready: LocalizedText(zh: "待发", en: "waiting")
        case .grouped: LocalizedText(zh: "合并发送", en: "in a digest")
        case .sending: LocalizedText(zh: "发送中", en: "sending")
        case .delivered: LocalizedText(zh: "已送达", en: "delivered")
        case .failed: LocalizedText(zh: "失败", en: "failed")
        case .withdrawn: LocalizedText(zh: "已撤回", en: "withdrawn")
        }
    }

    static func name(of purpose: Delivery.Purpose) -> LocalizedText {
        switch purpose {
        case .notify: LocalizedText(zh: "警报", en: "notify")
        case .taken: LocalizedText(zh: "已接", en: "taken")
        case .closed: LocalizedText(zh: "结案", en: "closed")
        case .summary: LocalizedText(zh: "补报", en: "summary")
        case .digest: LocalizedText(zh: "合并", en: "digest")
        case .act: LocalizedText(zh: "联动", en: "act")
        case .release: LocalizedText(zh: "复位", en: "release")
        }
    }

    static func name(of event: TimelineEntry.Event) -> LocalizedText {
        switch event {
        case .pending: LocalizedText(zh: "等待本人取消", en: "may be cancelled")
        case .cancelled: LocalizedText(zh: "本人取消", en: "cancelled")
        case .raised: LocalizedText(zh: "发生", en: "raised")
        case .reoccurred: LocalizedText(zh: "再次发生", en: "occurred again")
        case .reopened: LocalizedText(zh: "重新打开", en: "reopened")
        case .severity_changed: LocalizedText(zh: "级别变化", en: "severity changed")
        case .condition_active: LocalizedText(zh: "仍在持续", en: "holds")
        case .condition_cleared: LocalizedText(zh: "情况解除", en: "cleared")
        case .condition_unknown: LocalizedText(zh: "情况不明", en: "unknown")
        case .step: LocalizedText(zh: "升级", en: "step")
        case .step_empty: LocalizedText(zh: "此步无人", en: "empty step")
        case .repeated: LocalizedText(zh: "再次通知", en: "told again")
        case .nobody_reachable: LocalizedText(zh: "无人可达", en: "nobody reachable")
        case .accepted: LocalizedText(zh: "接警", en: "accepted")
        case .declined: LocalizedText(zh: "退回", en: "declined")
        case .seen: LocalizedText(zh: "已阅", en: "seen")
        case .hand_over_offered: LocalizedText(zh: "请求转交", en: "offered")
        case .hand_over_declined: LocalizedText(zh: "谢绝转交", en: "offer declined")
        case .on_the_way: LocalizedText(zh: "出发", en: "on the way")
        case .on_scene: LocalizedText(zh: "到场", en: "on the scene")
        case .lease_expired: LocalizedText(zh: "超时退回", en: "time ran out")
        case .held: LocalizedText(zh: "暂不通知", en: "held back")
        case .released: LocalizedText(zh: "恢复通知", en: "let go")
        case .joined: LocalizedText(zh: "并入", en: "joined by")
        case .noted: LocalizedText(zh: "备注", en: "note")
        case .deferred: LocalizedText(zh: "暂缓", en: "deferred")
        case .delivered: LocalizedText(zh: "送达", en: "delivered")
        case .delivery_failed: LocalizedText(zh: "送达失败", en: "not delivered")
        case .withdrawn: LocalizedText(zh: "撤回", en: "withdrawn")
        case .action: LocalizedText(zh: "联动", en: "action")
        case .action_done: LocalizedText(zh: "联动完成", en: "action done")
        case .action_failed: LocalizedText(zh: "联动失败", en: "action failed")
        case .closed: LocalizedText(zh: "结案", en: "closed")
        case .reviewed: LocalizedText(zh: "核查", en: "reviewed")
        }
    }
}
