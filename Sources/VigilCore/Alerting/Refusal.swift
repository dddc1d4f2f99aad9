/// Why a command changes nothing, in words for whoever gave it.
struct Refusal: Error {
    let words: LocalizedText

    private init(zh chinese: String, en english: String) { words = LocalizedText(zh: chinese, en: english) }

    static func unknownContact(_ id: ContactID) -> Refusal {
        Refusal(zh: "没有联系人“\(id)”;请查看 vigil registry export", en: "there is no contact \"\(id)\"; see: vigil registry export")
    }

    static func unknownResident(_ id: ResidentID) -> Refusal {
        Refusal(zh: "没有住户“\(id)”;请查看 vigil registry export", en: "there is no resident \"\(id)\"; see: vigil registry export")
    }

    static func unknownAlert(_ id: AlertID) -> Refusal {
        Refusal(zh: "没有未结束的告警“\(id)”;请查看 vigil alerts list", en: "there is no open alert \"\(id)\"; see: vigil alerts list")
    }

    static func isClosed(_ id: AlertID, _ closure: Closure) -> Refusal {
        Refusal(
            zh: "\(id) 已由 \(closure.by.name) 结案:\(AlertWords.name(of: closure.outcome).chinese)",
            en: "\(id) is closed by \(closure.by.name): \(closure.outcome.rawValue)")
    }

    static func isTakenAlready(_ id: AlertID, by owner: Actor) -> Refusal {
        Refusal(zh: "\(id) 已由 \(owner.name) 接警", en: "\(id) is already taken by \(owner.name)")
    }

    static func isTaken(_ id: AlertID, by owner: Actor, notBy actor: Actor) -> Refusal {
        Refusal(
            zh: "\(id) 由 \(owner.name) 负责,不是 \(actor.name)", en: "\(id) is taken by \(owner.name), not by \(actor.name)")
    }

    static func wasNotAsked(_ actor: Actor, about id: AlertID) -> Refusal {
        // A login is nobody whom a step could name: it may speak for somebody who was.
        let isLogin = actor.contact == nil
        return Refusal(
            zh: "尚未就 \(id) 通知过 \(actor.name),无需退回" + (isLogin ? ";请用 --as 说明是谁无法接警" : ""),
            en: "\(actor.name) has not been asked about \(id): there is nothing to decline"
                + (isLogin ? "; say who declines with --as" : ""))
    }
}
