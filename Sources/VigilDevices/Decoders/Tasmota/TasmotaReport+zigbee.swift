import VigilCore

/// Zigbee2Tasmota: devices of a Zigbee network behind one Tasmota, by friendly name or short address.
// Source: arendst/Tasmota tasmota/tasmota_xdrv_driver/xdrv_23_zigbee_5_1_attributes.ino (names and factors),
// xdrv_23_zigbee_2_devices.ino (Z_Data_Alarm::convertZoneStatus), xdrv_23_zigbee_2a_devices_impl.ino (jsonPublishAttrList: what each
// SetOption leaves out), xdrv_23_zigbee_6_0_commands.ino; tasmota/docs docs/Zigbee.md.
extension TasmotaReport {
    /// The short address by which a device's attributes say whose they are.
    static func zigbeeAddress(in attributes: JSONNode) -> TextBytes? {
        attributes.member("Device")?.text.flatMap { $0.isZigbeeAddress ? $0 : nil }
    }

    /// Devices by their names or addresses; with SetOption119 one device, without either.
    mutating func takeReceived(_ value: JSONNode) {
        if let address = Self.zigbeeAddress(in: value) { return takeZigbee(address, value) }
        for (name, device) in value.members where device.isObject { takeZigbee(name, device) }
    }

    mutating func takeZigbee(_ key: TextBytes, _ value: JSONNode) {
        let name = value.member("Name")?.text.flatMap { $0.isEmpty ? nil : $0 } ?? key
        guard let device = zigbeeDevice(name, value.member("Device")?.text ?? key) else { return }
        facts.speak(for: device) { facts in
            var zigbee = TasmotaZigbee(value: value, facts: facts)
            zigbee.tell()
            facts = zigbee.facts
        }
    }

    /// A device that joins or comes back.
    // Source: tasmota/docs docs/Zigbee.md, status 30.
    mutating func takeZigbeeState(_ value: JSONNode) {
        guard value.member("Status")?.integer == 30, let address = value.member("ShortAddr")?.text else { return }
        guard let device = zigbeeDevice(value.member("Name")?.text ?? address, address) else { return }
        facts.speak(for: device) { _ in }
    }

    /// SetOption89 puts the device into the topic as well, `tele/bridge/8F20/SENSOR`: then the topic's device is the one.
    private mutating func zigbeeDevice(_ name: TextBytes, _ address: TextBytes) -> DeviceAddress? {
        guard let named = child(named: name) else { return nil }
        let last = owner.split(separator: "/").last ?? ""
        guard last == Self.topicLevel(name.string) || last == address.string.dropFirst(2) else { return named }
        return DeviceAddress(dialect: TasmotaDecoder.dialect, name: owner)
    }

    /// A friendly name as SetOption112 writes it into the topic.
    // Source: arendst/Tasmota xdrv_02_9_mqtt.ino, MakeValidMqtt.
    private static func topicLevel(_ name: String) -> Substring {
        Substring(name.map { $0 == " " || $0 == "+" || $0 == "#" ? "_" : $0 })
    }
}

extension TextBytes {
    /// The short address of a Zigbee device: `0x128F`.
    var isZigbeeAddress: Bool {
        guard hasPrefix("0x"), (3...6).contains(count) else { return false }
        return self[2..<count].bytes.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}

/// The attributes of one Zigbee device.
struct TasmotaZigbee {
    let value: JSONNode
    var facts: FactList

    mutating func tell() {
        tellZone()
        tellHelp()
        tellPresses()
        if let isOccupied = zone("Occupancy") { facts.tell(.motion, .bool(isOccupied)) }
        switch value.member("AqaraVibrationMode")?.text {
        case .some(let mode) where mode == "vibrate" || mode == "tilt" || mode == "drop": tellVibration()
        default: break
        }
        if let temperature = value.member("Temperature") ?? value.member("LocalTemperature") {
            facts.tell(.temperature_c, Scalar(temperature), named: "Temperature")
        }
        tellBattery()
    }

    // MARK: Intruder alarm zones

    /// What a zone reports: named when the bridge knows what kind of zone it is, else bits alone, which may mean anything.
    private mutating func tellZone() {
        let status = (value.member("ZoneStatus") ?? value.member("ZoneStatusChange"))?.integer
        // Source: ZCL 8.2.2.2.1.3, the bits of ZoneStatus that mean the same in every zone.
        func bit(_ index: Int64) -> Bool? { status.map { $0 >> index & 1 == 1 } }
        let isTested = bit(8) ?? flag("Test") ?? false
        let fire = zone("Fire")
        let monoxide = flag("CO")
        if fire != nil || monoxide != nil, isTested || status != nil { facts.tell(.smoke_test, .bool(isTested)) }
        tellDrillable(.smoke, fire, isTested: isTested)
        tellDrillable(.gas, monoxide, isTested: isTested)
        if let isWet = zone("Water") { facts.tell(.water_leak, .bool(isWet)) }
        // The second indicator is published only when it is set; of a fire zone it is often the test button, of others another contact.
        let calls = [zone("PersonalAlarm"), flag("PersonalAlarm2"), zone("Panic"), flag("Panic2")].compactMap(\.self)
        if let isCalling = calls.isEmpty ? nil : calls.contains(true) { facts.tell(.sos, .bool(isCalling)) }
        if let isMoved = flag("Movement") { facts.tell(.vibration, .bool(isMoved)) }
        if let isOpen = flag("Contact") { facts.tell(.door_open, .bool(isOpen)) }
        if let isOff = bit(2) ?? flag("Tamper") { facts.tell(.tamper, .bool(isOff)) }
        if let isLow = bit(3) ?? flag("BatteryLow") { facts.tell(.battery_low, .bool(isLow)) }
        if let isBroken = status.map({ $0 & 0x240 != 0 }) ?? flag(anyOf: "Failure", "BatteryDefect") {
            facts.tell(.sensor_fault, .bool(isBroken))
        }
    }

    /// An alarm that a detector raises while it says that it is being tested is a drill, and counted.
    private mutating func tellDrillable(_ kind: ObservationKind, _ flag: Bool?, isTested: Bool) {
        guard let flag else { return }
        if flag && isTested { return facts.fault("Test", "\(kind.rawValue) during a test of the detector was taken for a drill") }
        facts.tell(kind, .bool(flag))
    }

    /// The help buttons of the ACE cluster: emergency, fire and panic.
    // Source: ZCL 8.3.2.4; the bridge publishes each command as `<cluster>!<command>`.
    private mutating func tellHelp() {
        let isHelp = value.member("0501!02") != nil || value.member("0501!03") != nil || value.member("0501!04") != nil
        if isHelp { facts.tell(.sos, .bool(true), nature: .event) }
    }

    // MARK: Buttons and relays

    private mutating func tellPresses() {
        // The later name of three that say the same. Source: xdrv_23_zigbee_5_2_converters.ino, syntheticAqaraCubeOrButton.
        if let click = (value.member("Click") ?? value.member("click") ?? value.member("action"))?.text { facts.tell(press: click) }
        if let cube = value.member("AqaraCube")?.text {
            // The cube fell, nobody did.
            if cube == "fall" { tellVibration() } else { facts.tell(press: cube) }
        }
        guard !tellCommand() else { return }
        if let isOn = flag("Power") { facts.tell(.switch, .bool(isOn)) }
    }

    /// What a remote control sends to lamps: a press, and not the state of anything.
    // Source: tasmota/docs docs/Zigbee.md, "Receiving Commands".
    private mutating func tellCommand() -> Bool {
        let presses: [(command: StaticString, text: String)] = [
            ("0006!00", "off"), ("0006!01", "on"), ("0006!02", "toggle"),
            ("DimmerUp", "dimmer_up"), ("DimmerDown", "dimmer_down"), ("DimmerStep", "dimmer_step"), ("DimmerMove", "dimmer_move"),
            ("ArrowClick", "arrow_click"), ("ArrowHold", "arrow_hold"),
        ]
        for (command, text) in presses where value.member(command) != nil {
            facts.tell(.button, .text(text), nature: .event)
            return true
        }
        return false
    }

    // MARK: Condition

    /// `BatteryVoltage` and `BatteryPercentage`; `Voltage` and `Battery` until version 8.4.
    private mutating func tellBattery() {
        let voltage = (value.member("BatteryVoltage") ?? value.member("Voltage"))?.number
        let percentage = value.member("BatteryPercentage") ?? value.member("Battery")
        // Aqara devices answer 0 and 0 when they are asked. Source: Z_postProcessAttributes, attribute 0001/0021.
        if percentage?.number == 0, voltage == 0 { return facts.tellNotMeasured(.battery_percent) }
        // No mains has less than 10 V and no battery more.
        if let voltage, voltage < 10 { facts.tell(.battery_mv, number: voltage * 1000) }
        if let percentage { facts.tell(.battery_percent, Scalar(percentage), named: "BatteryPercentage") }
    }

    private mutating func tellVibration() { facts.tell(.vibration, .bool(true), nature: .event) }

    // MARK: Reading

    private mutating func flag(_ name: StaticString) -> Bool? {
        guard let node = value.member(name) else { return nil }
        if let flag = Scalar(node).looseBool { return flag }
        facts.fault("\(name)", "neither 0 nor 1")
        return nil
    }

    /// The first indicator of a zone. With SetOption101 the number of its endpoint stands behind the name; beside the bare name `2` is the second
    /// indicator.
    // Source: arendst/Tasmota xdrv_23_zigbee_5_1_attributes.ino, Z_postProcessAttributes (key_suffix).
    private mutating func zone(_ name: StaticString) -> Bool? {
        if value.member(name) != nil { return flag(name) }
        for (key, node) in value.members where key.hasPrefix(name) {
            let suffix = key[name.utf8CodeUnitCount..<key.count]
            guard let endpoint = suffix.number, endpoint > 1, suffix.count <= 3 else { continue }
            if let flag = Scalar(node).looseBool { return flag }
            facts.fault(key.string, "neither 0 nor 1")
        }
        return nil
    }

    private mutating func flag(anyOf names: StaticString...) -> Bool? {
        var result: Bool?
        for name in names {
            if let flag = flag(name) { result = (result ?? false) || flag }
        }
        return result
    }
}
