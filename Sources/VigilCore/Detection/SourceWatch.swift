/// The watch's own ears: a source that stays down, and what a lost session swallowed.
struct SourceWatch: Codable, Hashable, Sendable {
    private struct Outage: Codable, Hashable, Sendable {
        var source: SourceID
        var since: EngineTime
        var standing: Evidence?
    }

    /// A reconnect that takes less is nobody's business (`promises.md`, B1).
    private static let patience = Milliseconds.seconds(60)

    private var outages: [Outage] = []

    var nextDeadline: EngineTime? { outages.filter { $0.standing == nil }.map { $0.since + Self.patience }.min() }

    mutating func note(_ health: Health, at time: EngineTime, into findings: inout [Finding]) {
        guard case .source(let id) = health.component else { return }
        switch health.state {
        case .down:
            if !outages.contains(where: { $0.source == id }) { outages.append(Outage(source: id, since: time)) }
        case .up, .sessionLost:
            if let index = outages.firstIndex(where: { $0.source == id }) {
                let ended = outages.remove(at: index)
                if ended.standing != nil {
                    findings.append(
                        finding("source_down", .cleared, id, at: time, LocalizedText(zh: "消息源恢复", en: "the source is back")))
                }
            }
            if health.state == .sessionLost {
                let words = LocalizedText(
                    zh: "消息服务器丢失了会话:断线期间的消息可能已丢失", en: "the broker lost our session: what it kept for us meanwhile is gone")
                findings.append(finding("session_lost", .occurred, id, at: time, words))
            }
        }
    }

    mutating func fireDeadlines(at time: EngineTime, into findings: inout [Finding]) {
        for index in outages.indices where outages[index].standing == nil && outages[index].since + Self.patience <= time {
            let words = LocalizedText(
                zh: "消息源中断超过 1 分钟:其下的住户暂时无人守望", en: "the source has been down for a minute: nobody hears its homes")
            let raised = finding("source_down", .active, outages[index].source, at: time, words)
            outages[index].standing = raised.evidence
            findings.append(raised)
        }
    }

    func standingFindings() -> [Finding] {
        outages.compactMap { outage in
            outage.standing.map { finding("source_down", .active, outage.source, at: $0.at, $0.sentence) }
        }
    }

    private func finding(
        _ kind: AlertKind, _ change: Finding.Change, _ source: SourceID, at time: EngineTime, _ sentence: LocalizedText
    ) -> Finding {
        Finding(
            rule: "source", kind: kind, alertClass: .technical, severity: .yellow, subject: .component("source-\(source)"),
            change: change, evidence: Evidence(at: time, sentence: sentence))
    }
}
