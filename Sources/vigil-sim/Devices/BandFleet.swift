import Foundation

/// All bands of the community; they share one connection, as if behind one radio station.
struct BandFleet {
    static let receipts = "vigil/out/+/receipt"

    private var bands: [Int: Band] = [:]
    private let order: ClosedRange<Int>
    private let wallAtStart: Int64

    /// - Parameter wallAtStart: milliseconds since 1970 when the play began; with the seed it makes each band's boot id.
    init(plan: Plan, wallAtStart: Int64) {
        order = plan.homes
        self.wallAtStart = wallAtStart
        for home in plan.homes {
            var random = SplitMix64(seed: plan.seed ^ UInt64(bitPattern: wallAtStart), stream: UInt64(home))
            let boot = String(format: "%08x", UInt32(truncatingIfNeeded: random.next()))
            bands[home] = Band(name: Household(number: home).band, boot: boot)
        }
    }

    /// Lets a happening be noticed by the band that it concerns.
    mutating func notice(_ happening: Happening) throws {
        let (home, time) = (happening.home, happening.at)
        let wall = wallAtStart + time.milliseconds
        switch happening.deed {
        case .pulseMeasured(let bpm):
            try bands[home]?.measure([("heart_rate_bpm", .number(bpm))], at: time, wall: wall)
        case .bandReport(let bpm, let steps, let batteryPercent):
            try bands[home]?.measure(
                [
                    ("worn", .bool(true)), ("heart_rate_bpm", .number(bpm)), ("steps", .number(steps)),
                    ("battery_percent", .number(batteryPercent)),
                ], at: time, wall: wall)
        case .bandFall:
            try bands[home]?.alarm("fall", at: time, wall: wall)
        case .bandSOS:
            try bands[home]?.alarm("sos", at: time, wall: wall)
        default:
            return
        }
    }

    /// What all bands have to send now.
    mutating func transmissions(at time: Duration) -> [Publication] {
        order.flatMap { bands[$0]?.transmissions(at: time) ?? [] }
    }

    /// Takes a message of the gateway; anything that is no receipt for one of these bands is left alone.
    mutating func receive(topic: String, payload: [UInt8]) {
        let parts = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, let home = Household.wearing(band: parts[2]),
            // A body that is no receipt tells the band nothing, and it will send again.
            let receipt = try? JSONDecoder().decode(BandReceipt.self, from: Data(payload))
        else { return }
        bands[home.number]?.settle(receipt)
    }

    /// Takes everything that was sent for stored.
    mutating func settleAll() {
        for home in order { bands[home]?.settleAll() }
    }

    /// When the next band wants to send.
    var nextTransmission: Duration? { bands.values.compactMap(\.nextTransmission).min() }

    /// Messages that were sent and not receipted yet.
    var unreceipted: Int { bands.values.reduce(0) { $0 + $1.unreceipted } }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
