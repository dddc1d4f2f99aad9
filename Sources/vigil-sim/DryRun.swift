import Foundation

/// Plays without a broker: every message as a line of JSON, with a clock that is nobody's.
struct DryRun {
    let plan: Plan
    let scope: Narrator.Scope

    /// 2025-11-22, the day in the documents' examples: lines of two runs are equal, byte for byte.
    private static let wallAtStart: Int64 = 1_763_800_000_000

    private struct Line: Encodable {
        var at: Int64
        var topic: String
        var payload: String
        var retained: Bool
    }

    func run() throws {
        var zigbee = ZigbeeNetwork(plan: plan)
        var bands = BandFleet(plan: plan, wallAtStart: Self.wallAtStart)
        let narrator = Narrator(scope: scope, clock: plan.clock, wallAtStart: Self.wallAtStart)
        try print(try zigbee.birth(), at: .zero)
        var day = 0
        while plan.includes(day: day) {
            for happening in plan.happenings(ofDay: day) {
                narrator.tell(happening)
                try print(try zigbee.publish(happening), at: happening.at)
                try bands.notice(happening)
                try print(bands.transmissions(at: happening.at), at: happening.at)
                bands.settleAll()
            }
            day += 1
        }
        try print(zigbee.farewell(), at: plan.length ?? .zero)
    }

    private func print(_ publications: [Publication], at time: Duration) throws {
        for publication in publications {
            let line = Line(
                at: Self.wallAtStart + time.milliseconds, topic: publication.topic, payload: publication.payload,
                retained: publication.isRetained)
            FileHandle.standardOutput.write(Data((try line.payload() + "\n").utf8))
        }
    }
}
