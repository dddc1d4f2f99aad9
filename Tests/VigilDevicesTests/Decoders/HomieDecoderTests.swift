import Testing
import VigilCore
import VigilDevices

/// Frames out of homieiot/convention convention.md, v4.0.0 and v5.0.0, and others of their form.
struct HomieDecoderTests {
    @Test(
        "version 4: states and attributes",
        arguments: [
            Capture("homie/super-car/$state", "init", .level(.availability, "online")),
            Capture("homie/super-car/$state", "ready", .level(.availability, "online"), .level(.sensor_fault, false)),
            Capture("homie/super-car/$state", "alert", .level(.availability, "online"), .level(.sensor_fault, true)),
            Capture("homie/super-car/$state", "lost", isRetained: true, .level(.availability, "offline")),
            Capture("homie/super-car/$state", "disconnected", .level(.availability, "offline")),
            Capture("homie/super-car/$state", "sleeping", .alive), Capture("homie/super-car/$name", "Super car", .alive),
            Capture("homie/super-car/$nodes", "wheels,engine,lights[]", .alive),
            Capture("homie/super-car/engine/$properties", "speed,direction,temperature", .alive),
            Capture("homie/super-car/engine/temperature/$unit", "°C", .alive),
            Capture("homie/super-car/$stats/battery", "80", .level(.battery_percent, 80)),
            Capture("homie/super-car/$stats/uptime", "120", .alive),
        ])
    func version4(capture: Capture) throws { #expect(try HomieDecoder.version4.decode(capture).facts == capture.facts) }

    @Test(
        "version 5: states, alerts and logs",
        arguments: [
            Capture("homie/5/super-car/$state", "ready", .level(.availability, "online")),
            Capture("homie/5/super-car/$state", "lost", .level(.availability, "offline")),
            Capture("homie/5/super-car/$state", "sleeping", .alive),
            Capture("homie/5/mydevid/$alert/battery", "Battery is low, at 8%", .level(.battery_low, true)),
            Capture("homie/5/mydevid/$alert/battery", "", .level(.battery_low, false)),
            Capture("homie/5/mydevid/$alert/childlost", "Sensor xyz in living-room hasn't reported updates for 3 hours", .alive),
            Capture("homie/5/super-car/$log/info", "fall detected", .alive),
            Capture("homie/5/super-car/engine/temperature/$target", "23.5", .alive),
        ])
    func version5(capture: Capture) throws { #expect(try HomieDecoder.version5.decode(capture).facts == capture.facts) }

    @Test(
        "a node is spoken for under its own name",
        arguments: [
            ("super-car/engine/temperature", "21.5", "super-car/engine temperature_c=number(21.5)"),
            ("kitchen-light/light/power", "true", "kitchen-light/light switch=bool(true)"),
            ("hall/detector/smoke", "true", "hall/detector smoke=bool(true)"),
            ("hall/entry/door", "open", "hall/entry door_open=bool(true)"),
            ("hall/entry/door", "closed", "hall/entry door_open=bool(false)"),
            ("hall/air/outside-temperature", "3.5", "hall/air/outside-temperature temperature_c=number(3.5)"),
        ])
    func nodes(path: String, payload: String, fact: String) throws {
        for (decoder, base) in [(HomieDecoder.version4, "homie/"), (.version5, "homie/5/")] {
            let decoded = try decoder.decode(payload, on: base + path)

            #expect(decoded.observations.compactMap { fact in fact.device.map { "\($0.name) \(fact.kind)=\(fact.value)" } } == [fact])
            #expect(decoded.observations.filter { $0.device == nil }.map(\.kind) == [.device_alive])
        }
    }

    @Test("what cannot be understood plainly is only alive", arguments: ["contact", "smoke-test", "speed", "battery", "alarm"])
    func ambiguous(property: String) throws {
        #expect(try HomieDecoder.version4.decode("true", on: "homie/hall/node/\(property)").facts == [.alive])
    }

    @Test("the unit that version 4 said once is that of the values")
    func unitOfVersion4() throws {
        var state = DialectState()
        let decoder = HomieDecoder.version4
        _ = try decoder.decode(Capture("homie/weather/air/temperature/$unit", "°F").frame, state: &state)

        let told = try decoder.decode(Capture("homie/weather/air/temperature", "68").frame, state: &state)
        _ = try decoder.decode(Capture("homie/weather/air/temperature/$settable", "true").frame, state: &state)
        let wish = try decoder.decode(Capture("homie/weather/air/temperature", "68").frame, state: &state)

        #expect(told.facts.first == .level(.temperature_c, 20))
        #expect(wish.facts == [.alive])
    }

    @Test("the description of version 5 says units and what can be set")
    func description() throws {
        var state = DialectState()
        let decoder = HomieDecoder.version5
        let description = #"""
            {"homie":"5.0","name":"Supercar","version":7,"nodes":{"engine":{"name":"Car engine","properties":{"temperature":{"name":"Engine temperature","unit":"°F","datatype":"float"},"water-temperature":{"unit":"°C","settable":true}}}},"children":["bridge-dev1","bridge-dev2"]}
            """#
        let described = try decoder.decode(Capture("homie/5/super-car/$description", description).frame, state: &state)

        let engine = try decoder.decode(Capture("homie/5/super-car/engine/temperature", "68").frame, state: &state)
        let water = try decoder.decode(Capture("homie/5/super-car/engine/water-temperature", "20").frame, state: &state)
        let lost = try decoder.decode(Capture("homie/5/super-car/$state", "lost").frame, state: &state)
        let ready = try decoder.decode(Capture("homie/5/super-car/$state", "ready").frame, state: &state)

        #expect(described.facts == [.alive])
        #expect(engine.facts.first == .level(.temperature_c, 20))
        #expect(water.facts == [.alive])
        #expect(lost.observations.map { $0.device?.name } == [nil, "bridge-dev1", "bridge-dev2"])
        #expect(lost.facts == Array(repeating: .level(.availability, "offline"), count: 3))
        #expect(ready.facts == [.level(.availability, "online")])
    }

    @Test("children that are gone from the description are not lost with their root")
    func formerChildren() throws {
        var state = DialectState()
        let decoder = HomieDecoder.version5
        for children in [#"["a","b"]"#, "[]"] {
            _ = try decoder.decode(Capture("homie/5/root/$description", #"{"children":\#(children)}"#).frame, state: &state)
        }

        let lost = try decoder.decode(Capture("homie/5/root/$state", "lost").frame, state: &state)

        #expect(lost.facts == [.level(.availability, "offline")])
    }

    @Test(
        "a message in no shape of the convention is refused",
        arguments: [("$state", "gone"), ("$description", "[1]"), ("$description", "{")])
    func refusals(attribute: String, payload: String) {
        #expect(throws: DecodeFailure.self) { try HomieDecoder.version5.decode(payload, on: "homie/5/super-car/\(attribute)") }
    }

    @Test(
        "the device is its ID below the base of its version",
        arguments: [
            ("homie/super-car/$state", "homie4:super-car"), ("homie/5/super-car/$state", "homie5:super-car"),
            ("flat/super-car/engine/temperature", "homie4:flat/super-car"), ("flat/5/super-car/$state", "homie5:flat/super-car"),
            ("homie/$broadcast/alert", nil), ("homie/5/$broadcast/alert", nil), ("homie/kitchen-light/light/power/set", nil),
            ("homie/5/kitchen-light/light/power/set", nil), ("homie/super-car", nil), ("homie/5/super-car", nil), ("homie", nil),
        ])
    func addresses(topic: String, address: String?) {
        let frame = Frame(source: "test", origin: .mqtt(topic: topic), payload: Array("true".utf8))
        let found = [HomieDecoder.version4, .version5].compactMap { $0.address(of: frame) }

        #expect(found.map { "\($0.dialect):\($0.name)" } == [address].compactMap { $0 })
    }
}
