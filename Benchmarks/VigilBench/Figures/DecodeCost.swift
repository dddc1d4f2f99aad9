import Foundation
import VigilCore
import VigilDevices

/// What a flat message of JSON costs from bytes to facts, against Foundation's decoder, which reads the same bytes into a struct.
///
/// Both do what their callers need: the dialect's decoder names kinds and holds numbers against what can be measured, Foundation's fills nine
/// members. Counted in processor time of one thread, in turns, so that whatever slows the box down slows both.
struct DecodeCost {
    let runs: Int

    private static let messagesPerRun = 50_000

    /// As Zigbee2MQTT writes it for a motion sensor.
    private static let payload = Array(
        """
        {"battery":97.5,"battery_low":false,"device_temperature":24,"illuminance":37,"last_seen":"2025-11-22T14:02:07+08:00",\
        "linkquality":120,"occupancy":true,"power_outage_count":12,"tamper":false,"voltage":2985}
        """.utf8)

    private struct Message: Decodable {
        var battery: Double
        var battery_low: Bool
        var device_temperature: Double
        var illuminance: Double
        var last_seen: String
        var linkquality: Int
        var occupancy: Bool
        var power_outage_count: Int
        var tamper: Bool
        var voltage: Double
    }

    func measure() throws -> [Figure] {
        guard let decoder = DecoderRegistry().entry(for: "zigbee2mqtt")?.decoder else { throw BenchFailure("no zigbee2mqtt decoder") }
        let frame = Frame(source: "bench", origin: .mqtt(topic: "zigbee2mqtt/hall"), payload: Self.payload)
        let data = Data(Self.payload)
        let foundation = JSONDecoder()
        // Once each before the clock runs, and what they say is looked at.
        var state = DialectState()
        let facts = try decoder.decode(frame, state: &state).observations.count
        guard facts >= 4, try foundation.decode(Message.self, from: data).occupancy else { throw BenchFailure("nothing was decoded") }
        var costs: (own: [Double], foundation: [Double]) = ([], [])
        for _ in 0..<runs {
            var said = 0
            costs.own.append(
                try Self.nanoseconds {
                    said &+= try decoder.decode(frame, state: &state).observations.count
                })
            costs.foundation.append(
                try Self.nanoseconds {
                    said &+= try foundation.decode(Message.self, from: data).linkquality
                })
            guard said == Self.messagesPerRun * (facts + 120) else { throw BenchFailure("a message was decoded otherwise than before") }
        }
        let own = Samples(costs.own)
        let other = Samples(costs.foundation)
        return [
            Figure(
                name: "decode cost / Foundation", measured: own.median / other.median, unit: "times", requirement: .atMost(1.0 / 3),
                note: "\(Self.payload.count) byte of flat JSON, \(facts) facts; ns: \(own.text) against \(other.text)")
        ]
    }

    /// Of one call, as the mean of a run.
    private static func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
        let start = Stopwatch.ofThread
        for _ in 0..<messagesPerRun { try body() }
        return Double(Stopwatch.ofThread - start) / Double(messagesPerRun)
    }
}
