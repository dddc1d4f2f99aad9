import Foundation
import VigilCore
import VigilStore
import VigilTesting

/// What the world saw, what the database says, and what is wrong between the two.
struct CrashFacts {
    var published: CrashLoad.Published
    /// How often each marker was journaled: as news, and as something that came again.
    var news: [String: Int] = [:]
    var repeats: [String: Int] = [:]
    var alerts: [Alert] = []
    var timeline: [TimelineEntry] = []
    var deliveries: [Delivery] = []
    var received: [ReceiverLine]
    var kills: CrashKills

    /// Reads a state directory whose daemon has ended.
    init(_ load: CrashLoad.Published, state: String, received: [ReceiverLine], kills: CrashKills) async throws {
        published = load
        self.received = received.filter { $0.channel == "webhook" }
        self.kills = kills
        let reader = try StoreReader(directory: state)
        for row in try await reader.journal(limit: .max) {
            guard case .frame(let frame) = row.input, let marker = Self.marker(frame.payload) else { continue }
            if frame.isDuplicate { repeats[marker, default: 0] += 1 } else { news[marker, default: 0] += 1 }
        }
        alerts = try await reader.alerts(AlertFilter(state: .all, limit: .max))
        for alert in alerts {
            guard let story = try await reader.alert(alert.id) else { continue }
            timeline += story.timeline
            deliveries += story.deliveries
        }
    }

    /// The word `m<number>.` of a payload.
    static func marker(_ payload: [UInt8]) -> String? {
        String(decoding: payload, as: UTF8.self).firstMatch(of: /"(m[0-9]+\.)"/).map { String($0.1) }
    }

    var duplicates: Int { received.count - Set(received.compactMap(\.id)).count }

    /// The figures of a run, in one line.
    func summary(seed: Int) -> String {
        let lost = published.markers.count { news[$0, default: 0] == 0 }
        return """
            crash test: seed \(seed), \(kills.count) kills, ready again in \(kills.usualReadyTime) ms (slowest \
            \(kills.readyTimes.max() ?? 0) ms); \(published.markers.count) messages acknowledged, \(lost) lost, \(repeats.count) came again; \
            \(alerts.count) alerts, \(problems.count) problems; \(deliveries.count) deliveries, \(duplicates) came twice of \
            \(kills.underWay) under way at a kill
            """
    }

    var problems: [String] { journalProblems + alertProblems + deliveryProblems }

    /// Acknowledged means stored, and once.
    private var journalProblems: [String] {
        let lost = published.markers.filter { news[$0, default: 0] == 0 }
        let twice = published.markers.filter { news[$0, default: 0] > 1 }
        return [
            lost.isEmpty ? nil : "\(lost.count) acknowledged messages are not in the journal: \(lost.sorted().prefix(5))",
            twice.isEmpty ? nil : "\(twice.count) messages were taken as news twice: \(twice.sorted().prefix(5))",
            published.failure,
        ].compactMap(\.self)
    }

    private var alertProblems: [String] {
        var problems: [String] = []
        for (key, count) in published.events.sorted(by: { $0.key < $1.key }) {
            let raised = alerts.filter { $0.key == key }
            if raised.isEmpty { problems.append("lost: \(key.kind) of \(key.subject) was never raised") }
            if raised.count > 1 { problems.append("\(key.kind) of \(key.subject) has \(raised.count) episodes") }
            let expected = key.kind == "smoke" ? 1 : count
            if let alert = raised.first, alert.occurrences != expected {
                problems.append("\(alert.id) was rung for \(expected) times and counts \(alert.occurrences)")
            }
        }
        for alert in alerts {
            let entries = timeline.filter { $0.alert == alert.id }
            let raises = entries.filter { $0.event == .raised }.count
            if raises != 1 { problems.append("\(alert.id) was raised \(raises) times") }
            if entries.map(\.number) != Array(1...max(1, entries.count)) { problems.append("\(alert.id) has holes in its timeline") }
            if published.events[alert.key] == nil { problems.append("\(alert.id) was raised, and nobody rang") }
        }
        return problems
    }

    private var deliveryProblems: [String] {
        var problems: [String] = []
        for alert in alerts {
            // A message that still waits when somebody presses again stands for that press as well: it arrives after it.
            let story = timeline.filter { $0.alert == alert.id }
            let rang = story.last { [.raised, .step, .repeated].contains($0.event) }?.number ?? 0
            let arrived = story.last { $0.event == .delivered && $0.detail.hasPrefix("notify") }?.number ?? 0
            if arrived < rang { problems.append("\(alert.id): nobody was told after line \(rang) of its story") }
        }
        let byDelivery = Dictionary(grouping: received) { $0.body?.data.delivery ?? "" }
        for delivery in deliveries {
            let copies = byDelivery[delivery.id.rawValue] ?? []
            if delivery.state != .delivered { problems.append("\(delivery.id) is \(delivery.state)") }
            if copies.isEmpty { problems.append("\(delivery.id) was never received") }
            if Set(copies.map(\.id)).count > 1 { problems.append("\(delivery.id) went out under several keys") }
        }
        for (id, copies) in Dictionary(grouping: received, by: \.id) where Set(copies.map(\.body)).count > 1 {
            problems.append("key \(id ?? "") went out with different words")
        }
        let known = Set(deliveries.map(\.id.rawValue))
        let unknown = byDelivery.keys.filter { !known.contains($0) }
        if !unknown.isEmpty { problems.append("received and not recorded: \(unknown.sorted().prefix(5))") }
        // What is leased is all that a crash may send again, and there is no more of it than the channel has slots.
        if duplicates > kills.underWay { problems.append("\(duplicates) messages came twice, and \(kills.underWay) were under way") }
        if kills.mostUnderWay > CrashHouse.concurrency { problems.append("\(kills.mostUnderWay) messages were under way at once") }
        return problems
    }
}
