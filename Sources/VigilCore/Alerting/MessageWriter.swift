/// Puts an alert into words for one recipient: the fields of the recipient's tier and no others (`alert-lifecycle.md`, section 6).
struct MessageWriter {
    let household: Household
    let clock: ClockReading
    let timeZone: String

    func message(_ alert: Alert, words: LocalizedText?, purpose: Delivery.Purpose, to contact: Contact, at time: EngineTime) -> Message
    {
        let language = contact.language
        let kind = (words ?? AlertWords.name(of: alert.key.kind))[language]
        let place = self.place(alert.key.subject, for: contact)
        let isAcceptable = purpose == .notify && (alert.state == .raised || alert.handOver?.to == contact.id)
        return Message(
            language: language, title: title(alert, kind: kind, place: place, purpose: purpose, language),
            body: body(alert, purpose: purpose, to: contact, at: time), alert: alert.id, kind: alert.key.kind,
            severity: alert.severity, purpose: purpose, isAcceptable: isAcceptable, contact: contact.id,
            isDrill: alert.isDrill)
    }

    /// That messages were not told while a channel was out: whom they were about is asked of the list, for it may be over long since.
    func summary(of expired: Delivery, to contact: Contact) -> Message {
        let since = LocalTime.hoursAndMinutes(clock.wall(at: expired.createdAt), zone: timeZone)
        return Message(
            language: contact.language, title: Self.missed[contact.language], body: Self.missed(since: since)[contact.language],
            alert: expired.alert, kind: expired.message.kind, severity: .yellow, purpose: .summary, isAcceptable: false,
            contact: contact.id)
    }

    private static let missed = LocalizedText(zh: "【补报】有消息未能送达", en: "[missed] messages could not be delivered")

    private static func missed(since time: String) -> LocalizedText {
        LocalizedText(zh: "自 \(time) 起的消息因通道中断已过期,请查看警报列表", en: "messages since \(time) have expired; see the list of alerts")
    }

    private func title(_ alert: Alert, kind: String, place: String, purpose: Delivery.Purpose, _ language: Language) -> String {
        let severity = AlertWords.name(of: alert.severity)[language]
        return title(kind, place, severity, purpose, isDrill: alert.isDrill, language)
    }

    private static let drill = LocalizedText(zh: "【演练】", en: "[drill] ")

    func title(
        _ kind: String, _ place: String, _ severity: String, _ purpose: Delivery.Purpose, isDrill: Bool, _ language: Language
    ) -> String {
        (isDrill ? Self.drill[language] : "") + title(kind, place, severity, purpose, language)
    }

    private func title(
        _ kind: String, _ place: String, _ severity: String, _ purpose: Delivery.Purpose, _ language: Language
    ) -> String {
        switch (purpose, language) {
        case (.notify, .chinese): "【\(severity)】\(kind) \(place)"
        case (.notify, .english): "[\(severity)] \(kind): \(place)"
        case (.taken, .chinese): "【已有人处理】\(kind) \(place)"
        case (.taken, .english): "[taken] \(kind): \(place)"
        case (.closed, .chinese): "【已结束】\(kind) \(place)"
        case (.closed, .english): "[closed] \(kind): \(place)"
        // None of these is about one alert in words of its own.
        case (.summary, _), (.digest, _), (.act, _), (.release, _): Self.missed[language]
        }
    }

    /// Who and where, as much as the recipient needs: a desk finds the flat, the family knows the person, an officer needs both.
    func place(_ subject: Subject, for contact: Contact) -> String {
        let building: String? = if case .building(let id) = subject { household.name(ofBuilding: id) } else { nil }
        let flat = household.dwelling(of: subject).map { household.name(of: $0) } ?? building
        let people = household.residents(of: subject).map(\.name).joined(separator: "、")
        let device: String? =
            if case .device(let id) = subject { household.device(id).map { $0.name.isEmpty ? id.rawValue : $0.name } } else { nil }
        let parts: [String?] =
            switch contact.role {
            case .family: [people, device]
            case .propertyDesk, .installer: [flat, device]
            case .gridOfficer, .communityLead, .buildingCaptain, .clinic: [flat, people, device]
            }
        let said = parts.compactMap { $0 }.filter { !$0.isEmpty }
        return said.isEmpty ? subject.name : said.joined(separator: " ")
    }

    private func body(_ alert: Alert, purpose: Delivery.Purpose, to contact: Contact, at time: EngineTime) -> String {
        let language = contact.language
        let owner = owner(of: alert)
        let raised = LocalTime.hoursAndMinutes(clock.wall(at: alert.raisedAt), zone: timeZone)
        let outcome = alert.closure.map { AlertWords.outcome($0.outcome, for: contact.role)[language] }
        switch (purpose, language) {
        case (.notify, _): return notice(alert, to: contact)
        case (.taken, .chinese): return "\(owner) 已接警(\(raised) 的警报)"
        case (.taken, .english): return "taken by \(owner) (alert of \(raised))"
        case (.closed, .chinese): return "警报(\(raised))已结案" + (outcome.map { ":\($0)" } ?? "")
        case (.closed, .english): return "the alert of \(raised) is closed" + (outcome.map { ": \($0)" } ?? "")
        case (.summary, _), (.digest, _), (.act, _), (.release, _): return Self.missed(since: raised)[language]
        }
    }

    private func owner(of alert: Alert) -> String {
        alert.owner.map { $0.contact.flatMap { household.contacts[$0]?.name } ?? $0.name } ?? "-"
    }

    private static func asks(_ owner: String) -> LocalizedText {
        LocalizedText(zh: "\(owner) 请您接手", en: "\(owner) asks you to take over")
    }

    /// When it happened; what arrived late says so, because help may be as late.
    private func when(_ evidence: Evidence?, _ alert: Alert, _ language: Language) -> String {
        let now = clock.wall(at: evidence?.at ?? alert.raisedAt)
        let arrived = LocalTime.hoursAndMinutes(now, zone: timeZone)
        guard let happenedAt = evidence?.happenedAt else { return arrived }
        let then = LocalTime.hoursAndMinutes(clock.wall(at: happenedAt), zone: timeZone, seenFrom: now)
        return LocalizedText(zh: "\(then) 发生,迟到:\(arrived) 才收到", en: "happened at \(then), arrived late at \(arrived)")[language]
    }

    /// That the alert itself came in time, where the latest that is told did not: nobody may take all of it for past.
    private func standing(_ alert: Alert) -> LocalizedText? {
        guard alert.evidence.last?.happenedAt != nil, let first = alert.evidence.first, first.happenedAt == nil else { return nil }
        let raised = LocalTime.hoursAndMinutes(clock.wall(at: alert.raisedAt), zone: timeZone)
        return LocalizedText(zh: "\(raised) 的警报仍未结案", en: "the alert of \(raised) stands")
    }

    private func notice(_ alert: Alert, to contact: Contact) -> String {
        let language = contact.language
        let latest = alert.evidence.last
        let when = when(latest, alert, language)
        // Readings reach those who act on them; a family hears the kind and the time, the rest by phone.
        let why = contact.role == .family ? nil : latest?.sentence[language]
        let again: String? =
            alert.occurrences > 1 ? (language == .chinese ? "第 \(alert.occurrences) 次" : "occurrence \(alert.occurrences)") : nil
        let found: String? =
            latest?.isFoundOnConnect == true ? (language == .chinese ? "连接时发现,开始时间未知" : "found on connect, start unknown") : nil
        let offer: String? = alert.handOver.flatMap { $0.to == contact.id ? Self.asks(owner(of: alert))[language] : nil }
        let standing = standing(alert)?[language]
        return [when, why, again, found, standing, offer].compactMap { $0 }.joined(separator: language == .chinese ? " " : ", ")
    }
}
