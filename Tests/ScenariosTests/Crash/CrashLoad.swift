import Foundation
import Synchronization
import VigilCore
import VigilIngest
import VigilTesting

/// What the devices of a crash test say: seeded, each message with a marker of its own, all acknowledged by the broker.
final class CrashLoad: Sendable {
    /// What was published, as far as the broker has acknowledged it.
    struct Published: Sendable {
        var markers: Set<String> = []
        /// How often each alert's key was rung for.
        var events: [AlertKey: Int] = [:]
        var failure: String?
    }

    private let residents: Int
    private let client: MQTTTestClient
    private let state = Mutex(Published())
    private let shouldEnd = Atomic(false)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(residents: Int, broker: Broker) throws {
        self.residents = residents
        client = try MQTTTestClient(broker.configuration(clientID: "load"))
    }

    var published: Published { state.withLock { $0 } }

    /// Publishes about 200 messages a second until `end`.
    func start(seed: UInt64) {
        Thread { [self] in
            var random = SeededGenerator(seed: seed)
            var number = 0
            while !shouldEnd.load(ordering: .relaxed) {
                // The rate, not a wait for anything.
                usleep(50_000)
                publish(10, from: &number, using: &random)
            }
            hasEnded.signal()
        }.start()
    }

    func end() {
        shouldEnd.store(true, ordering: .relaxed)
        hasEnded.wait()
    }

    private func publish(_ count: Int, from number: inout Int, using random: inout SeededGenerator) {
        var publications: [MQTTPublication] = []
        var markers: [String] = []
        var events: [AlertKey] = []
        for _ in 0..<count {
            number += 1
            let marker = "m\(number)."
            let resident = Int.random(in: 1...residents, using: &random)
            markers.append(marker)
            // Smoke is a level: it rings once for each flat, however often it is said. One message in ten is an alarm.
            switch Int.random(in: 0..<40, using: &random) {
            case 0, 1:
                publications.append(message("zigbee2mqtt/button-\(resident)", #"{"action":"sos","m":"\#(marker)"}"#))
                events.append(AlertKey(kind: "sos", subject: .resident(ResidentID("r\(resident)"))))
            case 2:
                let text = #"{"seq":\#(number),"boot":"b","kind":"fall","m":"\#(marker)"}"#
                publications.append(message("vigil/in/band-\(resident)/observation", text))
                events.append(AlertKey(kind: "fall", subject: .resident(ResidentID("r\(resident)"))))
            case 3:
                publications.append(message("zigbee2mqtt/smoke-\(resident)", #"{"smoke":true,"m":"\#(marker)"}"#))
                events.append(AlertKey(kind: "smoke", subject: .dwelling(DwellingID("d\(resident)"))))
            default:
                let isThere = Bool.random(using: &random)
                publications.append(message("zigbee2mqtt/motion-\(resident)", #"{"occupancy":\#(isThere),"m":"\#(marker)"}"#))
            }
        }
        do {
            try client.publish(publications)
        } catch {
            return state.withLock { $0.failure = "\(error)" }
        }
        state.withLock { state in
            state.markers.formUnion(markers)
            for event in events { state.events[event, default: 0] += 1 }
        }
    }

    private func message(_ topic: String, _ text: String) -> MQTTPublication {
        MQTTPublication(topic: topic, payload: Array(text.utf8))
    }
}
