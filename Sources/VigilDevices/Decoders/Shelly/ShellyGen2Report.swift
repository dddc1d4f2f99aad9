import VigilCore

/// Gathers what one message of a Shelly says, component by component.
struct ShellyGen2Report {
    let owner: String
    var facts = FactList()
    /// It hangs on the mains, now or as far as was said before.
    var isPowered: Bool

    init(owner: String, isPowered: Bool) {
        self.owner = owner
        self.isPowered = isPowered
    }

    /// `smoke:0` told apart; the number is missing where there can be only one (`sys`, `presence`).
    struct Key {
        let kind: TextBytes
        let number: Int?

        init(_ text: TextBytes) {
            let end = text.bytes.firstIndex(of: UInt8(ascii: ":")) ?? text.count
            kind = text[0..<end]
            number = Int(text[min(end + 1, text.count)..<text.count].string)
        }

        /// The first of its kind is what the device is for; zones of the Presence count from 200.
        var isOwn: Bool { number == nil || number == 0 || number == 200 && kind == "presencezone" }
    }

    // MARK: Status

    /// - Parameter isWhole: the components are told as they stand, not only what changed of them.
    mutating func takeComponents(_ components: JSONNode, isWhole: Bool) {
        for (key, value) in components.members where value.isObject { takeComponent(key, value, isWhole: isWhole) }
    }

    mutating func takeComponent(_ name: TextBytes, _ value: JSONNode, isWhole: Bool) {
        let key = Key(name)
        switch key.kind {
        case _ where key.kind == "smoke": tell(name, key) { Self.tellAlarm(.smoke, value, isWhole, &$0) }
        case _ where key.kind == "flood": tell(name, key) { Self.tellAlarm(.water_leak, value, isWhole, &$0) }
        case _ where key.kind == "presencezone":
            tell(name, key) { $0.tell(flag: .presence, Self.scalar(value, "value"), named: "value") }
        case _ where key.kind == "presence":
            if let objects = value.member("num_objects")?.integer { facts.tell(.presence, .bool(objects > 0)) }
        case _ where key.kind == "input":
            // An input that is a button has no state, only events.
            tellChild(name) { $0.tell(flag: .switch, Self.scalar(value, "state"), named: "state") }
        case _ where key.kind == "switch" || key.kind == "light" || key.kind == "pm1":
            tell(name, key) { facts in
                facts.tell(flag: .switch, Self.scalar(value, "output"), named: "output")
                facts.tell(.meter_energy_wh, value.member("aenergy").flatMap { Self.scalar($0, "total") }, named: "aenergy.total")
            }
        case _ where key.kind == "emdata":
            tell(name, key) { $0.tell(.meter_energy_wh, Self.scalar(value, "total_act"), named: "total_act") }
        case _ where key.kind == "em1data":
            tell(name, key) { $0.tell(.meter_energy_wh, Self.scalar(value, "total_act_energy"), named: "total_act_energy") }
        case _ where key.kind == "temperature": tell(name, key) { $0.tell(.temperature_c, Self.scalar(value, "tC"), named: "tC") }
        case _ where key.kind == "thermostat":
            tell(name, key) { $0.tell(.temperature_c, Self.scalar(value, "current_C"), named: "current_C") }
        case _ where key.kind == "devicepower": takePower(value)
        case _ where key.kind == "blutrv":
            tellChild(name) { facts in
                facts.tell(.temperature_c, Self.scalar(value, "current_C"), named: "current_C")
                facts.tell(.battery_percent, Self.scalar(value, "battery"), named: "battery")
            }
        case _ where key.kind == "bthomedevice":
            tellChild(name) { $0.tell(.battery_percent, Self.scalar(value, "battery"), named: "battery") }
        // What a sensor of a Bluetooth device measures stands in its configuration alone.
        case _ where key.kind == "bthomesensor": tellChild(name) { _ in }
        default: break
        }
    }

    /// `alarm` is null while it cannot be told; `errors` is there only while there are any, and null when they end.
    // Source: shelly-api-docs gen2/ComponentsAndServices/Smoke, Flood; gen2/General/Notifications.
    private static func tellAlarm(_ kind: ObservationKind, _ value: JSONNode, _ isWhole: Bool, _ facts: inout FactList) {
        facts.tell(flag: kind, scalar(value, "alarm"), named: "alarm")
        if let errors = value.member("errors") {
            facts.tell(.sensor_fault, .bool(errors.count > 0))
        } else if isWhole {
            facts.tell(.sensor_fault, .bool(false))
        }
    }

    /// Without batteries in it a device on the mains reports a battery of 0 %.
    // Source: shelly-api-docs gen2/ComponentsAndServices/DevicePower; gist NelsonMinar/494a0f53785c20290b395639548349fa.
    private mutating func takePower(_ value: JSONNode) {
        if let isPresent = value.member("external")?.member("present")?.bool { isPowered = isPresent }
        guard !isPowered, let battery = value.member("battery") else { return }
        facts.tell(.battery_percent, Self.scalar(battery, "percent"), named: "battery.percent")
        facts.tell(.battery_mv, Self.scalar(battery, "V"), named: "battery.V", times: 1000)
    }

    // MARK: Addresses

    static func scalar(_ value: JSONNode, _ name: StaticString) -> Scalar? { value.member(name).map { Scalar($0) } }

    private mutating func tell(_ name: TextBytes, _ key: Key, _ tell: (inout FactList) -> Void) {
        if key.isOwn { tell(&facts) } else { tellChild(name, tell) }
    }

    mutating func tellChild(_ name: TextBytes, _ tell: (inout FactList) -> Void) {
        guard let device = DeviceAddress(child: name, of: owner, dialect: ShellyGen2Decoder.dialect) else {
            return facts.fault("component", "a name that nobody can read")
        }
        facts.speak(for: device, tell)
    }
}
