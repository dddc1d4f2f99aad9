import VigilCore

/// Gathers what one object of Tasmota says, of the device and of those that it speaks for.
struct TasmotaReport {
    let owner: String
    let thermometers: KeyTable<Bool>
    var facts = FactList()
    /// The device told its temperature already; a second sensor of the same device would contradict it for ever.
    var hasTemperature = false
    var isFahrenheit = false
    private var channels: [(channel: TasmotaTopic.Channel, isOn: Bool)] = []

    init(owner: String, thermometers: KeyTable<Bool>) {
        self.owner = owner
        self.thermometers = thermometers
    }

    var decoded: Decoded { facts.decodedByGateway }

    mutating func tellAlive() { facts.tell(.device_alive, .bool(true), nature: .event) }

    mutating func tell(_ kind: ObservationKind, _ flag: Bool) { facts.tell(kind, .bool(flag)) }

    mutating func take(_ root: JSONNode) {
        facts.eventTime = Self.time(root)
        // SetOption119 with SetOption100 or SetOption118: nothing stands around the attributes.
        if let address = Self.zigbeeAddress(in: root) { return takeZigbee(address, root) }
        if let unit = root.member("TempUnit")?.text { isFahrenheit = unit == "F" }
        for (key, value) in root.members {
            if value.isObject {
                takeObject(key, value)
            } else if let channel = TasmotaTopic.Channel(Substring(key.string)) {
                takeChannel(channel, Scalar(value))
            }
        }
        if root.member("RestartReason") != nil { takeRestart(root) }
        tellChannels()
    }

    /// `Time` is local and mostly without a zone, which is no moment; `Epoch` is one.
    // Source: tasmota/docs docs/Commands.md, Time (1 to 4) and SetOption52.
    private static func time(_ root: JSONNode) -> EventTime? {
        if let time = root.member("Time")?.text.flatMap({ EventTime(iso8601: $0) }) { return time }
        return root.member("Epoch")?.integer.flatMap { EventTime(wireNumber: Double($0)) }
    }

    private mutating func takeObject(_ key: TextBytes, _ value: JSONNode) {
        switch key {
        case _ where key == "ZbReceived": takeReceived(value)
        case _ where key == "ZbState": takeZigbeeState(value)
        case _ where key == "StatusSNS" || key == "StatusSTS": take(value)
        case _ where key == "Info3": takeRestart(value)
        // SetOption100, SetOption118: known by its own address, without `ZbReceived` around it.
        case _ where key.isZigbeeAddress || Self.zigbeeAddress(in: value) != nil: takeZigbee(key, value)
        default:
            if let action = (value.member("Action") ?? value.member("ACTION"))?.text {
                takeAction(action, of: key)
            } else {
                takeSensor(key, value)
            }
        }
    }

    /// Waking from a sleep that the device chose is its daily life, not a restart.
    // Source: tasmota/docs docs/API.md, docs/DeepSleep.md.
    private mutating func takeRestart(_ info: JSONNode) {
        guard let reason = info.member("RestartReason")?.text, !(reason == "Deep-Sleep Wake") else { return }
        facts.tell(.device_restart, .bool(true), nature: .event)
    }

    // MARK: Channels

    private mutating func takeChannel(_ channel: TasmotaTopic.Channel, _ value: Scalar) {
        guard channel.name == "POWER" || channel.name == "Switch", let isOn = value.looseBool else { return }
        channels.append((channel, isOn))
    }

    /// One channel is one switch. Where a report lists several as they stand, it is no news of any of them: each speaks for itself when it
    /// changes (`stat/.../POWER2`, `{"Switch2":{"Action":"ON"}}`).
    private mutating func tellChannels() {
        guard channels.count == 1, let only = channels.first else { return }
        channels = []
        tell(relay: only.channel, isOn: only.isOn)
    }

    /// The first relay is the device itself; others and all inputs are not it, or a relay and its button would contradict each other.
    mutating func tell(relay channel: TasmotaTopic.Channel, isOn: Bool) {
        guard channel.name == "Switch" || channel.number > 1 else { return facts.tell(.switch, .bool(isOn)) }
        facts.speak(for: child("\(channel.name)\(channel.number)")) { $0.tell(.switch, .bool(isOn)) }
    }

    /// `{"Switch1":{"Action":"ON"}}`, `{"Button1":{"Action":"SINGLE"}}`.
    // Source: tasmota/docs docs/Buttons-and-Switches.md (SetOption114, SetOption73); Commands.md.
    private mutating func takeAction(_ action: TextBytes, of key: TextBytes) {
        guard let channel = TasmotaTopic.Channel(Substring(key.string)) else { return }
        let isOn = Scalar.text(action).looseBool
        switch channel.name {
        case "Switch", "SWITCH":
            facts.speak(for: child("Switch\(channel.number)")) { facts in
                // TOGGLE, HOLD, DOUBLE: how a push-button that is wired as a switch was pressed.
                if let isOn { facts.tell(.switch, .bool(isOn)) } else { facts.tell(press: action) }
            }
        case "Button", "BUTTON":
            if channel.number == 1 { return facts.tell(press: action) }
            facts.speak(for: child("Button\(channel.number)")) { $0.tell(press: action) }
        default: break
        }
    }

    // MARK: Addresses

    /// A device that this one speaks for.
    func child(_ name: String) -> DeviceAddress { DeviceAddress(dialect: TasmotaDecoder.dialect, name: "\(owner)/\(name)") }

    /// The same, by a name off the wire; nil where it is none.
    mutating func child(named name: TextBytes) -> DeviceAddress? {
        let device = DeviceAddress(child: name, of: owner, dialect: TasmotaDecoder.dialect)
        if device == nil { facts.fault("device", "a name that nobody can read") }
        return device
    }
}
