/// Why a command changes nothing, or a question has no answer, in words for whoever gave it.
public struct Refusal: Error {
    public let words: LocalizedText

    init(zh chinese: String, en english: String) { words = LocalizedText(zh: chinese, en: english) }

    static func unknownContact(_ id: ContactID) -> Refusal {
        isNotRegistered(id.rawValue, LocalizedText(zh: "联系人", en: "contact"))
    }

    static func unknownResident(_ id: ResidentID) -> Refusal {
        isNotRegistered(id.rawValue, LocalizedText(zh: "住户", en: "resident"))
    }

    static func isNotRegistered(_ id: String, _ what: LocalizedText) -> Refusal {
        Refusal(
            zh: "没有\(what.chinese)“\(id)”;请查看 vigil registry export",
            en: "there is no \(what.english) \"\(id)\"; see: vigil registry export")
    }

    static let isWordless = Refusal(zh: "备注为空;请写几个字", en: "a note without words says nothing; write a few")

    static func unknownAlert(_ id: AlertID) -> Refusal {
        Refusal(zh: "没有未结束的警报“\(id)”;请查看 vigil alerts list", en: "there is no open alert \"\(id)\"; see: vigil alerts list")
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

    static func isFollowed(_ id: AlertID, by later: AlertID) -> Refusal {
        Refusal(zh: "\(id) 之后已有 \(later);请处理后者", en: "\(id) was followed by \(later); look at that one")
    }

    static func isOpen(_ id: AlertID) -> Refusal {
        Refusal(zh: "\(id) 尚未结案", en: "\(id) is open")
    }

    static func wasNeverRed(_ id: AlertID) -> Refusal {
        Refusal(zh: "\(id) 不是红色警报,无需核查", en: "\(id) was never red; only red is reviewed")
    }

    static func wasRed(_ id: AlertID) -> Refusal {
        Refusal(zh: "\(id) 曾为红色,只能由人结案", en: "\(id) was red; only a human closes it")
    }

    static func isReviewed(_ id: AlertID, by reviewer: Actor) -> Refusal {
        Refusal(zh: "\(id) 已由 \(reviewer.name) 核查", en: "\(id) was reviewed by \(reviewer.name)")
    }

    static func needsSecondPerson(_ id: AlertID, closedBy closer: Actor) -> Refusal {
        Refusal(
            zh: "\(id) 由 \(closer.name) 结案,须由第二人核查", en: "\(id) was closed by \(closer.name); a second person reviews it")
    }

    static func isTheWatchsWord(_ outcome: OutcomeCode) -> Refusal {
        Refusal(
            zh: "\(outcome.rawValue) 只由系统使用;请写明实际结果",
            en: "\(outcome.rawValue) is what the watch itself says; write what came of it")
    }

    static func nobodyHas(_ id: AlertID) -> Refusal {
        Refusal(zh: "\(id) 尚无人接警;能去的人请直接接警", en: "nobody has \(id) yet; whoever can come accepts it")
    }

    static func isNotYours(_ id: AlertID, owner: Actor, actor: Actor) -> Refusal {
        Refusal(
            zh: "\(id) 由 \(owner.name) 负责,不是 \(actor.name);只有负责人可以转交",
            en: "\(id) is taken by \(owner.name), not by \(actor.name); only the owner hands it over")
    }

    static func hasItAlready(_ id: AlertID, _ contact: ContactID) -> Refusal {
        Refusal(zh: "\(id) 已由 \(contact) 负责", en: "\(contact) has \(id) already")
    }

    static func cannotBeAsked(_ contact: ContactID) -> Refusal {
        Refusal(zh: "\(contact) 没有可用的通知渠道", en: "\(contact) has no channel to be asked over")
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
