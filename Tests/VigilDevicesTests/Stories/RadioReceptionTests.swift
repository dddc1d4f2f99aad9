import Testing
import VigilCore
import VigilDaemon
import VigilDevices
import VigilTesting

/// What rtl_433 hears and says twice, through the whole engine.
struct RadioReceptionTests {
    private static func script(button: String = "X10-Security/31a0", smoke: String = "Smoke-GS558/31722") -> EngineScript {
        var registry = SmallCommunity.registry()
        let names = ["button1": button, "smoke1": smoke]
        for index in registry.devices.indices {
            let id = registry.devices[index].id.rawValue
            registry.devices[index].address = DeviceAddress(dialect: "rtl_433", name: names[id] ?? id)
        }
        var rules = SmallCommunity.rules()
        rules.routes = [TopicRoute(source: "home", filter: "rtl_433/#", dialect: "rtl_433")]
        return EngineScript(registry, rules, decoders: DecoderRegistry.shipped.decoders)
    }

    /// One reception as rtl_433 publishes it: whole, and then each value.
    private func receive(_ script: inout EngineScript, _ device: String, _ json: String, _ values: KeyValuePairs<String, String>) {
        script.say("rtl_433/box/events", json)
        for (field, value) in values { script.say("rtl_433/box/devices/\(device)/\(field)", value) }
    }

    private func sound(_ script: inout EngineScript, learn: Int = 0) {
        receive(
            &script, "Smoke-GS558/31722", #"{"model":"Smoke-GS558","id":31722,"unit":24,"learn":\#(learn),"code":"5f7d58"}"#,
            ["id": "31722", "unit": "24", "learn": "\(learn)", "code": "5f7d58"])
    }

    private func press(_ script: inout EngineScript) {
        receive(
            &script, "X10-Security/31a0", #"{"model":"X10-Security","id":"31a0","code":"26","event":"KR18 PANIC"}"#,
            ["id": "31a0", "code": "26", "event": "KR18 PANIC"])
    }

    @Test("one reception on both topics is one press, the next one is another")
    func press() {
        var script = Self.script()

        press(&script)
        let once = script.alerts.map(\.occurrences)
        script.wait(.seconds(30))
        press(&script)

        #expect(script.alerts.map(\.key.kind) == ["sos"])
        #expect(once == [1])
        #expect(script.alerts.map(\.occurrences) == [2])
    }

    @Test("a detector that never says that it is over rings each time that it sounds")
    func smoke() throws {
        var script = Self.script()

        sound(&script)
        let once = try #require(script.alerts.first { $0.key.kind == "smoke" })
        script.wait(.minutes(5))
        sound(&script)

        #expect(once.occurrences == 1 && once.severity == .red)
        #expect(script.alerts.first { $0.key.kind == "smoke" }?.occurrences == 2)
    }

    @Test("a detector that learns its neighbours is no fire, and nobody misses one that is silent for a month")
    func quiet() {
        var script = Self.script()

        sound(&script, learn: 1)
        script.wait(.hours(24 * 30))

        #expect(!script.alerts.contains { $0.key.kind == "smoke" })
    }
}
