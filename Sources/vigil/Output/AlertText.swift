import VigilConsole
import VigilCore

/// Alerts in words.
struct AlertText {
    let language: Language
    let clock: LocalClock
    let now: WallTime

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
        now = LocalClock.now
    }

    /// The open ones at a glance, within 100 places.
    func table(_ alerts: [AlertReport]) -> String {
        var table = TextTable([
            .init(title: Words.severity[language]), .init(title: Words.state[language]),
            .init(title: Words.kind[language], isFlexible: true), .init(title: Words.subject[language], isFlexible: true),
            .init(title: Words.age[language]), .init(title: Words.owner[language], isFlexible: true), .init(title: Words.id[language]),
        ])
        table.rows = alerts.map { alert in
            [
                Words.name(of: alert.severity)[language], state(alert), kind(of: alert),
                alert.subject.description, LocalClock.age(of: alert.raisedAt, now: now), alert.owner ?? "-", alert.id.rawValue,
            ]
        }
        return table.text
    }

    /// One line of a followed timeline.
    func line(_ entry: TimelineReport) -> String {
        let words = [
            clock.short(entry.at, now: now), Words.name(of: entry.severity)[language], entry.alert.rawValue,
            AlertWords.name(of: entry.kind)[language], Words.name(of: entry.event)[language], entry.by, entry.detail,
        ]
        return words.filter { !$0.isEmpty }.joined(separator: "  ").printable
    }

    /// The whole story of one.
    func story(_ story: AlertStoryReport) -> String {
        let alert = story.alert
        var lines = [
            "\(alert.id)  \(Words.name(of: alert.severity)[language])  \(kind(of: alert))  \(alert.subject)",
            "\(Words.name(of: alert.state)[language])\(holder(alert))  \(Words.name(of: alert.condition)[language])",
            Words.raised(clock.text(alert.raisedAt), alert.occurrences)[language],
        ]
        if !alert.isRecorded { lines.append("! \(Words.isUnrecorded[language])") }
        if let closure = alert.closure {
            let note = closure.note.isEmpty ? "" : " \(closure.note.printable)"
            lines.append("\(clock.text(closure.at))  \(Words.closed(closure.outcome)[language])  \(closure.by)\(note)")
        }
        if let review = alert.review {
            lines.append("\(time(review.at))  \(Words.reviewed(by: review.by)[language])  \(review.note.printable)")
        } else if alert.awaitsReview {
            lines.append(Words.awaitsReview[language])
        }
        lines += ["", Words.evidence[language]]
        lines += alert.evidence.map { evidence in
            let found = evidence.isFoundOnConnect ? Words.foundOnConnect[language] : ""
            let mark = found + (evidence.happenedAt.map { Words.late(time($0))[language] } ?? "")
            return "  \(time(evidence.at))  \(evidence.sentence[language])\(mark)  \(evidence.device?.rawValue ?? "")"
        }
        lines += ["", Words.timeline[language]]
        lines += rows(
            story.timeline.map { [time($0.at), Words.name(of: $0.event)[language], $0.by, $0.detail] })
        lines += ["", Words.deliveries[language]]
        lines += story.deliveries.isEmpty ? ["  \(Words.noDeliveries[language])"] : rows(story.deliveries.map(delivery))
        return lines.joined(separator: "\n")
    }

    private func state(_ alert: AlertReport) -> String {
        let state = Words.name(of: alert.state)[language]
        return alert.isRecorded ? state : "\(state) (\(Words.unrecorded[language]))"
    }

    private func kind(of alert: AlertReport) -> String {
        AlertWords.name(of: alert.kind)[language] + (alert.isDrill ? Words.drillMark[language] : "")
    }

    private func holder(_ alert: AlertReport) -> String {
        guard let owner = alert.owner, alert.state != .closed else { return "" }
        return ": \(owner)" + (alert.leaseUntil.map { " (\(LocalClock.wait(until: $0, now: now)))" } ?? "")
    }

    private func delivery(_ delivery: DeliveryReport) -> [String] {
        [
            time(delivery.createdAt), delivery.isAction ? "" : delivery.contact.rawValue, delivery.channel.rawValue,
            Words.name(of: delivery.purpose)[language],
            Words.name(of: delivery.state)[language], delivery.attempts > 1 ? "×\(delivery.attempts)" : "",
            delivery.state == .delivered ? "" : delivery.lastFailure ?? "",
        ]
    }

    private func time(_ time: WallTime) -> String { clock.short(time, now: now) }

    private func rows(_ rows: [[String]]) -> [String] {
        guard let first = rows.first else { return [] }
        // The last column says the most, and is never cut.
        var table = TextTable(first.map { _ in .init(title: "") })
        table.rows = rows
        return table.text.split(separator: "\n").map { "  \($0)" }
    }
}
