import Foundation
import Testing
import VigilCore
import VigilTesting

/// Lives of chance, each from its seed. `VIGIL_SEEDS=10000` lives more of them, `VIGIL_FIRST_SEED=77` begins elsewhere.
struct SimulatorTests {
    private static let first = UInt64(ProcessInfo.processInfo.environment["VIGIL_FIRST_SEED"] ?? "") ?? 1
    private static let seeds = UInt64(ProcessInfo.processInfo.environment["VIGIL_SEEDS"] ?? "") ?? 50
    /// Batches, so that the cores share the work.
    private static let batches = stride(from: first, to: first + seeds, by: 25).map { $0..<min($0 + 25, first + seeds) }

    // promises.md: 1, 2, 5, 7; C2, C3, C11, D1, D8.
    @Test(
        "whatever crashes: nothing is lost, raised twice or late, red stays open, every message leaves, and the journal replays to the byte",
        arguments: batches)
    func livesOfChance(seeds: Range<UInt64>) throws {
        for seed in seeds {
            var simulator = Simulator(seed: seed)
            let report = try simulator.run(60)

            #expect(report.violations == [], "seed \(seed)")
            checkAttempts(report)
            try checkReplay(report)
        }
    }

    @Test("a life without crashes keeps the same promises", arguments: batches.prefix(1))
    func untroubled(seeds: Range<UInt64>) throws {
        for seed in seeds {
            var simulator = Simulator(seed: seed, faults: .none)
            let report = try simulator.run(60)

            #expect(report.violations == [], "seed \(seed)")
            try checkReplay(report)
        }
    }

    @Test(
        "whenever nothing can be stored: red alone leaves and waits for no slot that nobody uses, and nothing is lost or sent twice",
        arguments: batches.prefix(2))
    func badDisk(seeds: Range<UInt64>) throws {
        for seed in seeds {
            var simulator = Simulator(seed: seed, faults: .badDisk)
            let report = try simulator.run(60)

            #expect(report.violations == [], "seed \(seed)")
            checkAttempts(report)
            try checkReplay(report)
        }
    }

    @Test(
        "whatever crashes: what is set off at the site is done, lasts as long as an alert needs it, and ends with it",
        arguments: batches.prefix(1))
    func acting(seeds: Range<UInt64>) throws {
        for seed in seeds {
            var simulator = Simulator(seed: seed, faults: .acting)
            let report = try simulator.run(60)

            #expect(report.violations == [], "seed \(seed)")
            checkAttempts(report)
            try checkReplay(report)
        }
    }

    @Test("the same seed is the same life, whatever the order of dictionaries")
    func sameSeed() throws {
        var one = Simulator(seed: Self.first)
        var other = Simulator(seed: Self.first)

        let lives = try [one.run(60), other.run(60)]

        #expect(lives[0].store.journal == lives[1].store.journal)
        #expect(lives[0].effects == lives[1].effects)
    }

    /// What was delivered left the box; each attempt under a higher lease; nothing left that was not stored (promises 2, D1, D8).
    private func checkAttempts(_ report: SimulatorReport) {
        for delivery in report.store.deliveries.values where delivery.state == .delivered {
            // What a digest told left with it.
            #expect(report.attempts[delivery.digest ?? delivery.id]?.isEmpty == false, "seed \(report.seed): \(delivery.id)")
        }
        for (id, leases) in report.attempts {
            #expect(leases == Set(leases).sorted(), "seed \(report.seed): \(id)")
            #expect(report.store.deliveries[id] != nil, "seed \(report.seed): \(id) was sent and never stored")
        }
    }

    /// The whole journal, crashes and all, in an engine that never crashed.
    private func checkReplay(_ report: SimulatorReport) throws {
        var engine = Engine(decoders: [TextDecoder()])
        for input in report.store.journal {
            var fresh: [Effect] = []
            engine.apply(input, into: &fresh)
            // Which strangers were shown already is not kept over a restart.
            let replayed = fresh.filter { $0.name != "unclaimed" }
            let lived = (report.effects[input.sequence] ?? []).filter { $0.name != "unclaimed" }
            // Equal values are equal bytes; that is held against the bytes themselves now and then, because encoding takes its time.
            let isEqual =
                report.seed % 10 == 0 ? try EffectLines.text(replayed) == EffectLines.text(lived) : replayed == lived
            guard !isEqual else { continue }
            let lines = try "\(EffectLines.text(replayed))\nlived as\n\(EffectLines.text(lived))"
            Issue.record("seed \(report.seed), input \(input.sequence) \(input.input):\n\(lines)")
            return
        }
    }
}
