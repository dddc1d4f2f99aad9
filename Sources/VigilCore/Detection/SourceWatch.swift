/// The watch's own parts: a source that stays down, what a lost session swallowed, a disk that records nothing.
struct SourceWatch: Codable, Hashable, Sendable {
    private struct Outage: Codable, Hashable, Sendable {
        var source: SourceID
        var since: EngineTime
        var standing: Evidence?
    }

    /// A reconnect that takes less is nobody's business (`promises.md`, B1).
    private static let patience = Milliseconds.seconds(60)

    static let down = AlertKindDescription("source_down", .condition, .technical, zh: "消息源中断", en: "source down")
    private static let lost = AlertKindDescription("session_lost", .event, .technical, zh: "消息可能丢失", en: "messages may be lost")
    private static let unstored = AlertKindDescription("storage", .condition, .technical, zh: "存储故障", en: "storage failure")
    private static let replaced = AlertKindDescription("storage_replaced", .event, .technical, zh: "存储已替换", en: "storage was replaced")
    static let alertKinds = [down, lost, unstored, replaced]
    static let raisable =
        [down, lost].map { Raisable(rule: "source", kind: $0.kind, alertClass: .technical, severity: .yellow) }
        + [(unstored, Severity.yellow), (unstored, .red), (replaced, .red)].map {
            Raisable(rule: "storage", kind: $0.kind, alertClass: .technical, severity: $1)
        }

    /// Of the alert about a source that is down.
    static func key(_ source: SourceID) -> AlertKey { AlertKey(kind: down.kind, subject: subject(source)) }

    private static func subject(_ source: SourceID) -> Subject { .component("source-\(source)") }

    private var outages: [Outage] = []
    private var storage: Evidence?
    /// The disk is nearly full, and everything is recorded still.
    private var shortage: Evidence?

    var nextDeadline: EngineTime? { outages.filter { $0.standing == nil }.map { $0.since + Self.patience }.min() }

    /// After a start every source has its time to come back: while nobody was there nobody missed it.
    mutating func started(at time: EngineTime) {
        for index in outages.indices where outages[index].standing == nil { outages[index].since = time }
    }

    mutating func note(_ health: Health, at time: EngineTime, into findings: inout [Finding]) {
        if health.component == .storage { return noteStorage(health, at: time, into: &findings) }
        guard case .source(let id) = health.component else { return }
        switch health.state {
        case .down:
            if !outages.contains(where: { $0.source == id }) { outages.append(Outage(source: id, since: time)) }
        case .limited: limit(id, health.detail, at: time, into: &findings)
        case .replaced, .low: break  // databases and disks only
        case .up, .sessionLost:
            if let index = outages.firstIndex(where: { $0.source == id }) {
                let ended = outages.remove(at: index)
                if ended.standing != nil {
                    findings.append(
                        finding(Self.down.kind, .cleared, id, at: time, LocalizedText(zh: "消息源恢复", en: "the source is back")))
                }
            }
            if health.state == .sessionLost {
                let words = LocalizedText(
                    zh: "消息服务器丢失了会话:断线期间的消息可能已丢失", en: "the broker lost our session: what it kept for us meanwhile is gone")
                findings.append(finding(Self.lost.kind, .occurred, id, at: time, words))
            }
        }
    }

    /// At once: it does not pass by itself as a broken connection does.
    private mutating func limit(_ id: SourceID, _ topics: String, at time: EngineTime, into findings: inout [Finding]) {
        let words = LocalizedText(
            zh: "消息服务器不允许接收 \(topics):其下的住户无人守望", en: "the broker does not let us hear \(topics): nobody hears its homes")
        let raised = finding(Self.down.kind, .active, id, at: time, words)
        outages.removeAll { $0.source == id }
        outages.append(Outage(source: id, since: time, standing: raised.evidence))
        findings.append(raised)
    }

    private mutating func noteStorage(_ health: Health, at time: EngineTime, into findings: inout [Finding]) {
        switch health.state {
        case .down where storage == nil:
            let words = LocalizedText(zh: "无法记录:警报仍会发出,但断电即失", en: "nothing can be recorded: alarms go on, but a power cut loses them")
            let evidence = Evidence(at: time, sentence: words)
            storage = evidence
            shortage = nil
            // Red, because only red is sent while nothing can be stored.
            findings.append(storageFinding(.active, .red, evidence))
        case .low where shortage == nil:
            let evidence = Evidence(at: time, sentence: Self.shortage(health.freeMebibytes))
            storage = nil
            shortage = evidence
            findings.append(storageFinding(.active, .yellow, evidence))
        case .up where storage != nil || shortage != nil:
            let words =
                storage == nil
                ? LocalizedText(zh: "磁盘空间恢复,已重新预留", en: "there is room on the disk again, and the ballast is back")
                : LocalizedText(zh: "恢复记录", en: "recording again")
            findings.append(storageFinding(.cleared, storage == nil ? .yellow : .red, Evidence(at: time, sentence: words)))
            storage = nil
            shortage = nil
        case .replaced:
            let words = LocalizedText(
                zh: "存储已损坏并被替换:部分历史可能丢失,请核对住户登记,并更换磁盘",
                en: "the storage was damaged and was replaced: history may be lost; check the registry, and replace the disk")
            findings.append(
                Finding(
                    rule: "storage", kind: Self.replaced.kind, alertClass: .technical, severity: .red, subject: .component("box"),
                    change: .occurred, evidence: Evidence(at: time, sentence: words)))
        case .down, .low, .up, .sessionLost, .limited: break
        }
    }

    private static func shortage(_ free: Int?) -> LocalizedText {
        LocalizedText(
            zh: "磁盘已满:预留空间已释放\(free.map { ",剩余 \($0) MiB" } ?? "");目前仍在记录,请清理磁盘",
            en: "the disk is full: the ballast was given up\(free.map { ", \($0) MiB are left" } ?? ""); recording goes on; make room")
    }

    private func storageFinding(_ change: Finding.Change, _ severity: Severity, _ evidence: Evidence) -> Finding {
        Finding(
            rule: "storage", kind: Self.unstored.kind, alertClass: .technical, severity: severity, subject: .component("box"),
            change: change, evidence: evidence)
    }

    mutating func fireDeadlines(at time: EngineTime, into findings: inout [Finding]) {
        for index in outages.indices where outages[index].standing == nil && outages[index].since + Self.patience <= time {
            let words = LocalizedText(
                zh: "消息源中断超过 1 分钟:只靠它收听的住户暂时无人守望", en: "the source has been down for a minute: nobody hears what only it hears")
            let raised = finding(Self.down.kind, .active, outages[index].source, at: time, words)
            outages[index].standing = raised.evidence
            findings.append(raised)
        }
    }

    func standingFindings() -> [Finding] {
        let deaf = outages.compactMap { outage in
            outage.standing.map { finding(Self.down.kind, .active, outage.source, at: $0.at, $0.sentence) }
        }
        return deaf
            + [storage.map { storageFinding(.active, .red, $0) }, shortage.map { storageFinding(.active, .yellow, $0) }].compactMap {
                $0
            }
    }

    private func finding(
        _ kind: AlertKind, _ change: Finding.Change, _ source: SourceID, at time: EngineTime, _ sentence: LocalizedText
    ) -> Finding {
        Finding(
            rule: "source", kind: kind, alertClass: .technical, severity: .yellow, subject: Self.subject(source),
            change: change, evidence: Evidence(at: time, sentence: sentence))
    }
}
