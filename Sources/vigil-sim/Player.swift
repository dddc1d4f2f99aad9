import Foundation

/// Plays a plan on a broker in real time.
final class Player {
    private let plan: Plan
    private let narrator: Narrator
    private let address: BrokerAddress
    private let start = ContinuousClock.now
    private let interruption = Interruption()
    /// Zigbee2MQTT's own connection, with its will.
    private let bridge: BrokerConnection
    private let radio: BrokerConnection

    private var zigbee: ZigbeeNetwork
    private var bands: BandFleet
    private var published = 0
    private var hasReceipts = false
    private var reconnectAt = Duration.zero

    init(plan: Plan, broker: BrokerAddress, scope: Narrator.Scope) throws {
        self.plan = plan
        address = broker
        let wall = Int64(Date().timeIntervalSince1970 * 1000)
        narrator = Narrator(scope: scope, clock: plan.clock, wallAtStart: wall)
        zigbee = ZigbeeNetwork(plan: plan)
        bands = BandFleet(plan: plan, wallAtStart: wall)
        let suffix = String(UInt32(truncatingIfNeeded: wall), radix: 16)
        bridge = try BrokerConnection(client: "sim-z2m-\(suffix)", to: broker, will: ZigbeeNetwork.will)
        radio = try BrokerConnection(client: "sim-bands-\(suffix)", to: broker, subscriptions: [BandFleet.receipts])
    }

    /// Plays to the end of the plan, or until somebody interrupts.
    func run() throws {
        try bridge.connect()
        try radio.connect()
        let until = plan.length.map { "for \($0 / .seconds(1)) s" } ?? "until Ctrl-C"
        narrator.say("playing \(plan.households) homes on \(address) \(until), story \(plan.story.rawValue), seed \(plan.seed)")
        try serve(for: .zero)
        var day = 0
        while plan.includes(day: day), !interruption.isRequested {
            for happening in plan.happenings(ofDay: day) {
                try wait(until: happening.at)
                if interruption.isRequested { break }
                try perform(happening)
            }
            day += 1
            // A day without happenings still takes its time.
            try wait(until: min(plan.clock.time(ofDay: day, minute: 0), plan.length ?? .seconds(Int64.max / 1000)))
        }
        try finish()
    }

    private func perform(_ happening: Happening) throws {
        narrator.tell(happening)
        try publish(try zigbee.publish(happening), on: bridge)
        try bands.notice(happening)
        try publish(bands.transmissions(at: elapsed), on: radio)
    }

    /// Keeps the connections going until it is time.
    private func wait(until time: Duration) throws {
        while elapsed < time, !interruption.isRequested {
            try serve(for: min(time - elapsed, .milliseconds(100)))
        }
    }

    /// One round: what arrives, what is due again, and connections that broke.
    private func serve(for timeout: Duration) throws {
        let due = bands.nextTransmission.map { max(.zero, $0 - elapsed) } ?? timeout
        BrokerConnection.drive([bridge, radio], for: min(timeout, max(due, .milliseconds(1))))
        reconnectWhereLost()
        if bridge.takeNewlyConnected() { try publish(try zigbee.birth(), on: bridge) }
        for arrival in radio.takeArrivals() {
            hasReceipts = true
            bands.receive(topic: arrival.topic, payload: arrival.payload)
        }
        // A band without a connection keeps what it has to say.
        if radio.isConnected { try publish(bands.transmissions(at: elapsed), on: radio) }
    }

    private func reconnectWhereLost() {
        guard elapsed >= reconnectAt else { return }
        for connection in [bridge, radio] where !connection.isConnected {
            reconnectAt = elapsed + .seconds(1)
            do {
                try connection.reconnect()
            } catch {
                narrator.say("\(error); trying again")
            }
        }
    }

    private func publish(_ publications: [Publication], on connection: BrokerConnection) throws {
        for publication in publications where try connection.publish(publication) != nil { published += 1 }
    }

    /// Ends as Zigbee2MQTT ends when it is stopped, and gives the bands' last receipts a moment.
    private func finish() throws {
        let patience = elapsed + .seconds(2)
        while bands.unreceipted > 0, elapsed < patience, !interruption.isRequested { try serve(for: .milliseconds(50)) }
        try publish(zigbee.farewell(), on: bridge)
        let flushed = elapsed + .milliseconds(200)
        while elapsed < flushed { BrokerConnection.drive([bridge, radio], for: .milliseconds(20)) }
        bridge.disconnect()
        radio.disconnect()
        narrator.say(
            "played \(Int(elapsed / .seconds(1))) s: \(published) messages published, \(bands.unreceipted) of bands without a receipt")
        if bands.unreceipted > 0, !hasReceipts { narrator.say("no receipt came at all; is the gateway running?") }
    }

    private var elapsed: Duration { ContinuousClock.now - start }
}
