import VigilCore

/// Gathers what one message of a Shelly of the first generation says.
struct ShellyGen1Report {
    /// Above it a room is no room: the device speaks in Fahrenheit and has not said so yet.
    private static let hottestRoom = 60.0

    let owner: String
    /// Told by `info`, now or before.
    var isFahrenheit: Bool
    var facts = FactList()

    init(owner: String, isFahrenheit: Bool) {
        self.owner = owner
        self.isFahrenheit = isFahrenheit
    }

    // MARK: One value

    mutating func takeSensor(_ name: String, _ value: Scalar) {
        switch name {
        case "smoke": facts.tell(flag: .smoke, value, named: name)
        case "flood": facts.tell(flag: .water_leak, value, named: name)
        case "motion": facts.tell(flag: .motion, value, named: name)
        case "vibration": takeVibration(value)
        case "state": takeOpening(value)
        case "gas": takeGas(value)
        case "operation": takeOperation(value)
        case "battery": facts.tell(.battery_percent, value, named: name)
        case "temperature": takeTemperature(value)
        // Code of the last error, 0 for none.
        case "error": if let code = value.number { facts.tell(.sensor_fault, .bool(code != 0)) }
        default: break
        }
    }

    mutating func takeChannel(_ channel: ShellyGen1Topic.Channel, _ value: Scalar) {
        switch (channel.kind, channel.property) {
        case ("relay", nil), ("light", nil):
            // `overpower`: it is off, and not by anybody.
            if let isOn = value.looseBool { tell(channel) { $0.tell(.switch, .bool(isOn)) } }
        case ("input", nil):
            // Always apart from the relay: its switch would contradict it for ever.
            if let isOn = value.looseBool { tell(channel, isOwn: false) { $0.tell(.switch, .bool(isOn)) } }
        // Watt-minutes since the device started.
        case ("relay", "energy"), ("light", "energy"):
            tell(channel) { $0.tell(.meter_energy_wh, value, named: "energy", times: 1.0 / 60) }
        // Watt-hours.
        case ("emeter", "total"): tell(channel) { $0.tell(.meter_energy_wh, value, named: "total") }
        // In Celsius, 999 without a probe.
        case ("ext_temperature", nil): tell(channel, isOwn: false) { $0.tell(.temperature_c, value, named: "ext_temperature") }
        default: break
        }
    }

    private mutating func tell(_ channel: ShellyGen1Topic.Channel, isOwn: Bool = true, _ tell: (inout FactList) -> Void) {
        guard !isOwn || channel.number > 0 else { return tell(&facts) }
        facts.speak(for: DeviceAddress(dialect: ShellyGen1Decoder.dialect, name: "\(owner)/\(channel.name)"), tell)
    }

    /// 0 and 1; -1 where it cannot be told.
    private mutating func takeVibration(_ value: Scalar) {
        if let isShaken = value.looseBool { facts.tell(.vibration, .bool(isShaken)) }
    }

    /// `open`, `close`, `unknown`.
    private mutating func takeOpening(_ value: Scalar) {
        guard !value.isNoReading else { return }
        switch value.text {
        case .some(let text) where text == "open" || text == "opened": facts.tell(.door_open, .bool(true))
        case .some(let text) where text == "close" || text == "closed": facts.tell(.door_open, .bool(false))
        default: facts.fault("state", "unknown word")
        }
    }

    /// `none`, `mild`, `heavy`, `test`, `unknown`.
    private mutating func takeGas(_ value: Scalar) {
        guard !value.isNoReading else { return }
        switch value.text {
        case .some(let text) where text == "none": facts.tell(.gas, .bool(false))
        case .some(let text) where text == "mild" || text == "heavy": facts.tell(.gas, .bool(true))
        case .some(let text) where text == "test": facts.tell(.smoke_test, .bool(true), nature: .event)
        default: facts.fault("gas", "unknown word")
        }
    }

    /// `warmup`, `normal`, `fault`, `unknown`.
    private mutating func takeOperation(_ value: Scalar) {
        switch value.text {
        case .some(let text) where text == "normal" || text == "fault": facts.tell(.sensor_fault, .bool(text == "fault"))
        default: break
        }
    }

    private mutating func takeTemperature(_ value: Scalar) {
        guard let stated = value.number else { return facts.tell(.temperature_c, value, named: "temperature") }
        if isFahrenheit { return facts.tell(.temperature_c, number: Double(fahrenheit: stated)) }
        // Far above is no reading; in between it may be Fahrenheit, and nobody can tell.
        let isDoubtful = stated > Self.hottestRoom && ObservationKind.temperature_c.plausibleRange?.contains(stated) == true
        if isDoubtful { return facts.fault("temperature", "too hot for a room: in Fahrenheit?") }
        facts.tell(.temperature_c, number: stated)
    }

    // MARK: Objects

    /// How a button was pressed: `{"event":"S","event_cnt":2}`.
    mutating func takePress(_ root: JSONNode, of channel: ShellyGen1Topic.Channel) {
        let words: [(wire: StaticString, word: String)] = [
            ("S", "single"), ("SS", "double"), ("SSS", "triple"), ("L", "long"), ("SL", "single_long"), ("LS", "long_single"),
        ]
        // Empty after a start, when nobody pressed it.
        guard let event = root.member("event")?.text, let press = words.first(where: { event == $0.wire }) else { return }
        tell(channel) { $0.tell(.button, .text(press.word), nature: .event) }
    }

    /// `status` of a Motion, flat; `info` of all others, nested as their HTTP status.
    mutating func takeStatus(_ root: JSONNode) {
        tellFlag(.smoke, root, "smoke")
        tellFlag(.water_leak, root, "flood")
        tellFlag(.motion, root, "motion")
        tellFlag(.vibration, root, "vibration")
        if let sensor = root.member("sensor"), sensor.isObject, sensor.member("is_valid")?.bool != false {
            tellFlag(.motion, sensor, "motion")
            tellFlag(.vibration, sensor, "vibration")
            if let state = sensor.member("state") { takeOpening(Scalar(state)) }
        }
        // Source: shelly-api-docs, Shelly Gas, /status.
        if let gas = root.member("gas_sensor") {
            if let alarm = gas.member("alarm_state") { takeGas(Scalar(alarm)) }
            if let operation = gas.member("sensor_state") { takeOperation(Scalar(operation)) }
        }
        guard let battery = root.member("bat") else { return }
        facts.tell(.battery_percent, Scalar(battery.isObject ? battery.member("value") ?? battery : battery), named: "bat")
        // Only what runs on a battery measures the room: in relays it is the chip's.
        guard let temperature = root.member("tmp"), temperature.isObject, temperature.member("is_valid")?.bool != false else { return }
        if let unit = temperature.member("units")?.text { isFahrenheit = unit == "F" }
        if let celsius = temperature.member("tC") {
            facts.tell(.temperature_c, Scalar(celsius), named: "tmp.tC")
        } else if let value = temperature.member("value") {
            takeTemperature(Scalar(value))
        }
    }

    private mutating func tellFlag(_ kind: ObservationKind, _ node: JSONNode, _ name: StaticString) {
        if let flag = node.member(name)?.bool { facts.tell(kind, .bool(flag)) }
    }
}
