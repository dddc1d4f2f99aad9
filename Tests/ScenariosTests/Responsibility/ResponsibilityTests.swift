import Foundation
import Testing
import VigilCore
import VigilTesting

/// Whatever comes first: every word of people has one outcome, one person has the alert, and nobody is rung for what somebody took.
///
/// `VIGIL_RACES=10000` runs more of them, `VIGIL_FIRST_SEED=77` begins elsewhere.
struct ResponsibilityTests {
    private static let first = UInt64(ProcessInfo.processInfo.environment["VIGIL_FIRST_SEED"] ?? "") ?? 1
    private static let races = UInt64(ProcessInfo.processInfo.environment["VIGIL_RACES"] ?? "") ?? 1000
    /// Two halves, so that the cores share the work.
    private static let halves = [first..<first + races / 2, first + races / 2..<first + races]

    @Test(
        "in every interleaving each command has one outcome, and no send begins more than 1 s after the commit of an acceptance",
        arguments: halves)
    func interleavings(seeds: Range<UInt64>) {
        var (outcomes, sends, latest) = (0, 0, Milliseconds.zero)
        for seed in seeds {
            var race = Race(seed: seed)

            race.run(20)

            #expect(race.violations == [], "seed \(seed)")
            outcomes += race.outcomes
            sends += race.sends
            latest = max(latest, race.latest)
        }
        #expect(latest <= .seconds(1))
        // For the record.
        print(
            "responsibility: \(seeds.count) interleavings from seed \(seeds.lowerBound), \(outcomes) commands with one outcome each,",
            "\(sends) sends, the latest \(latest.text) after the commit of an acceptance")
    }
}
