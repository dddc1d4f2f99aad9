import Foundation
import VigilCore

/// Five hundred smoke alarms in ten seconds, three people to tell of each, and a fall in the middle (`promises.md`, promise 4 and C9).
///
/// The webhook takes 200 ms for each message and refuses one in twenty. How the ten minutes after it go is told in virtual time, by
/// `FloodTests`.
struct SmokeFlood {
    let scratch: Scratch

    private static let alarms = 500
    private static let spacing: Int64 = 20_000_000
    private static let patience: Int64 = 60_000_000_000
    private static let people: [(name: String, role: ContactRole)] = [
        ("officer", .gridOfficer), ("desk", .propertyDesk), ("lead", .communityLead),
    ]
    private static let fallen = alarms / 2
    private static let fall = AlertID("fall-\(Community.resident(fallen))-1")
    // Koenkk/zigbee2mqtt#2113 (JTYJ-GD-01LM/BW).
    private static let smoke = Array(
        #"{"battery":98,"linkquality":135,"smoke":true,"smoke_density":12,"test":false,"voltage":3055}"#.utf8)

    func measure() throws -> [Figure] {
        let directory = try scratch.directory("flood")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let receiver = try HookReceiver(answeringAfter: 200_000_000, refusedOneIn: 20)
        let installation = try Installation(in: directory, brokerPort: broker.port, told: Self.people.map(\.role))
        try installation.store(registry(hookPort: receiver.port))
        let daemon = try RunningDaemon(installation)
        defer { daemon.stop() }

        let published = try flood(MQTTLine("bench-flood", port: broker.port))
        let told = try waitUntilAllAreTold(Array(published.keys), receiver)

        let delays = Samples(
            published.flatMap { alert, time in told.values.map { Double(($0[alert] ?? .max) - time) / 1e9 } })
        let fall = told.values.map { Double(($0[Self.fall] ?? .max) - (published[Self.fall] ?? 0)) / 1e9 }.max() ?? .nan
        let messages = Self.people.map { person in receiver.arrivals.filter { $0.path == "/\(person.name)" && !$0.isRefused }.count }
        return [
            Figure(
                name: "flood, first attempts", measured: delays.quantile(0.99), unit: "s p99", requirement: .atMost(5),
                note: """
                    \(Self.alarms) smoke alarms in 10 s, 200 ms and 5 % refusals for each message; from the publication: p50 \
                    \(Figure.text(delays.median)) max \(Figure.text(delays.worst)) s
                    """),
            Figure(
                name: "flood, the fall", measured: fall, unit: "s", requirement: .atMost(5),
                note: "until the last of three people was told, by itself or in a digest"),
            Figure(
                name: "flood, messages", measured: Double(messages.max() ?? 0), unit: "per person", requirement: .atMost(10),
                note: zip(Self.people, messages).map { "\($0.name) \($1)" }.joined(separator: ", ") + "; every alert was named to each"),
            Figure(
                name: "flood, alerts recorded", measured: daemon.metric("vigil_alerts_active") ?? .nan, unit: "open",
                requirement: .atLeast(Double(Self.alarms + 1)), note: "each on its own, none merged"),
        ]
    }

    private func registry(hookPort: Int) -> Registry {
        var registry = Community(devices: Self.alarms * Community.Kind.allCases.count).registry
        registry.contacts = Self.people.map { person in
            Contact(
                id: ContactID(person.name), name: person.name, role: person.role,
                methods: [ContactMethod(channel: "hook", address: "http://127.0.0.1:\(hookPort)/\(person.name)")])
        }
        for index in registry.residents.indices { registry.residents[index].contacts = [] }
        registry.devices.append(
            Device(
                id: "band", address: DeviceAddress(dialect: "vigil", name: "band"),
                dwelling: DwellingID(Community.dwelling(Self.fallen)), liveness: .wearable))
        return registry
    }

    /// - Returns: when each alarm was published.
    private func flood(_ line: MQTTLine) throws -> [AlertID: Int64] {
        var published: [AlertID: Int64] = [:]
        let start = Stopwatch.now
        for number in 0..<Self.alarms {
            while Stopwatch.now - start < Int64(number) * Self.spacing { try line.step(milliseconds: 1) }
            published[AlertID("smoke-\(Community.dwelling(number))-1")] = Stopwatch.now
            try line.publish(Community.topic(of: number * Community.Kind.allCases.count + Community.Kind.smoke.rawValue), Self.smoke)
            guard number == Self.fallen else { continue }
            published[Self.fall] = Stopwatch.now
            try line.publish("vigil/in/band/observation", Array(#"{"kind": "fall"}"#.utf8))
        }
        while line.unacknowledged > 0 { try line.step() }
        return published
    }

    /// - Returns: when each person was first told of each alert.
    private func waitUntilAllAreTold(_ alerts: [AlertID], _ receiver: HookReceiver) throws -> [String: [AlertID: Int64]] {
        let end = Stopwatch.now + Self.patience
        while Stopwatch.now < end {
            let told = try told(by: receiver.arrivals)
            if Self.people.allSatisfy({ told["/\($0.name)"]?.count == alerts.count }) { return told }
            Stopwatch.sleep(milliseconds: 500)
        }
        let counts = try told(by: receiver.arrivals).map { "\($0.key) \($0.value.count)" }.sorted().joined(separator: ", ")
        throw BenchFailure("of \(alerts.count) alerts, told after a minute: \(counts)")
    }

    private func told(by arrivals: [HookReceiver.Arrival]) throws -> [String: [AlertID: Int64]] {
        var told: [String: [AlertID: Int64]] = [:]
        for arrival in arrivals {
            let message = try JSONDecoder().decode(Message.self, from: Data(arrival.body)).data
            for alert in message.alerts?.map(\.alert) ?? [message.alert] where told[arrival.path]?[alert] == nil {
                told[arrival.path, default: [:]][alert] = arrival.time
            }
        }
        return told
    }

    /// What the webhook's JSON says of the alerts that it is about.
    private struct Message: Decodable {
        struct Content: Decodable {
            var alert: AlertID
            var alerts: [Member]?
        }
        struct Member: Decodable { var alert: AlertID }
        var data: Content
    }
}
