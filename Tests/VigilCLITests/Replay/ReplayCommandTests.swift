import Foundation
import Synchronization
import Testing
import VigilCore
import VigilDaemon
import VigilStore
import VigilTesting

struct ReplayCommandTests {
    @Test("the same file gives the same bytes, and the alert that is in it")
    func file() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let registry = try folder.file("registry.yaml", text: Site.registry)
        let lines = #"{"at": 1763800000123, "topic": "zigbee2mqtt/kitchen", "payload": "{\"smoke\":true}", "retained": false}"# + "\n"
        let file = try folder.file("lines.jsonl", text: lines)

        let first = try await Program.run(["replay", file, "--config", config, "--registry", registry])
        let second = try await Program.run(["replay", "--config", config, "--registry", registry], input: Data(lines.utf8))

        #expect(first.status == 0, "\(first.err)")
        #expect(first.out.contains(#""id":"smoke-d1-1""#), "\(first.out)")
        #expect(first.out == second.out)
    }

    @Test("a line that is not understood ends it with its place; what came before is told")
    func fault() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let registry = try folder.file("registry.yaml", text: Site.registry)
        let lines = #"{"at": 1, "topic": "zigbee2mqtt/kitchen", "payload": "{\"smoke\":true}"}"# + "\n{\n"

        let output = try await Program.run(["replay", "--config", config, "--registry", registry], input: Data(lines.utf8))

        #expect(output.status == 1)
        #expect(output.err.hasPrefix("stdin:2: "), "\(output.err)")
        #expect(output.out.contains("smoke-d1-1"))
    }

    @Test("a journal replays as its export does")
    func journal() async throws {
        let folder = try TemporaryFolder()
        let state = folder.path + "/state"
        try write(state)

        let direct = try await Program.run(["replay", "--journal", state])
        let export = try await Program.run(["replay", "--journal", state, "--export"])
        let again = try await Program.run(["replay"], input: Data(export.out.utf8))

        #expect(direct.status == 0, "\(direct.err)")
        #expect(direct.out.contains(#""id":"smoke-d1-1""#), "\(direct.out)")
        #expect(export.lines.count == 5)
        #expect(again.out == direct.out)
    }

    @Test("what a journal does not tell is said beside the output")
    func gaps() async throws {
        let folder = try TemporaryFolder()
        let state = folder.path + "/state"
        var turn = Turn()
        turn.journal = [
            StampedInput(sequence: 7, at: EngineScript.origin, input: .clock(EngineScript.clock)),
            StampedInput(sequence: 9, at: EngineScript.origin, input: .clock(EngineScript.clock)),
        ]
        turn.discontinuity = Discontinuity(sequence: 9, at: EngineScript.origin, reason: "the disk was full")
        turn.snapshot = Snapshot(
            sequence: 9, at: EngineScript.origin, registryVersion: 0, rulesVersion: 0, isWhole: true, rows: [])
        try store(turn, in: state)

        let output = try await Program.run(["replay", "--journal", state])

        #expect(output.status == 0)
        #expect(output.err.contains("the journal begins at 7, 2025-11-22 08:26:40"), "\(output.err)")
        #expect(output.err.contains("gap before 9: the disk was full"))
    }

    private func write(_ state: String) throws {
        var rules = SmallCommunity.rules()
        rules.routes = [TopicRoute(source: "home", filter: "zigbee2mqtt/#", dialect: "zigbee2mqtt")]
        var registry = SmallCommunity.registry()
        registry.devices[2].address = DeviceAddress(dialect: "zigbee2mqtt", name: "kitchen")
        let inputs: [Input] = [
            .started(Start(boot: "b", gap: nil, clock: EngineScript.clock)), .registryChange(registry), .rulesChange(rules),
            .health(Health(.source("home"), .up)),
            .frame(Frame(source: "home", origin: .mqtt(topic: "zigbee2mqtt/kitchen"), payload: Array(#"{"smoke":true}"#.utf8))),
        ]
        var turn = Turn()
        turn.journal = inputs.enumerated().map { index, input in
            StampedInput(sequence: Int64(index + 1), at: EngineScript.origin + .seconds(Int64(index)), input: input)
        }
        try store(turn, in: state)
    }

    private func store(_ turn: Turn, in directory: String) throws {
        var options = StoreOptions()
        options.ballastBytes = 0
        let store = try Store.open(directory: directory, options: options)
        let outcome = Mutex<Result<Void, StoreError>>(.success(()))
        store.commit(turn) { result in outcome.withLock { $0 = result } }
        try store.close()
        try outcome.withLock { $0 }.get()
    }
}
