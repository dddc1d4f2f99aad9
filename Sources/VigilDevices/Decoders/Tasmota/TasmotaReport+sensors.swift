import VigilCore

/// Sensors that hang on the device itself, and Bluetooth devices that it hears.
extension TasmotaReport {
    mutating func takeSensor(_ key: TextBytes, _ value: JSONNode) {
        switch key {
        case _ where key == "ENERGY": facts.tell(.meter_energy_wh, Self.number(value, "Total"), named: "ENERGY.Total", times: 1000)
        case _ where key == "LD2410": takeRadar(value)
        case _ where key == "LD2410S": takeLowPowerRadar(value)
        case _ where key == "LD2402": takeTextRadar(value)
        case _ where key == "IBEACON": takeBeacon(value.member("MAC")?.text, value)
        case _ where key.hasPrefix("IBEACON_"): takeBeacon(key["IBEACON_".utf8.count..<key.count], value)
        case _ where key == "RC522" || key == "PN532" || key == "RDM6300": takeCard(value)
        default: takeNamedSensor(key, value)
        }
    }

    /// A number; a list of them (one for each phase) is none.
    private static func number(_ node: JSONNode, _ name: StaticString) -> Scalar? {
        node.member(name).flatMap { $0.isArray || $0.isObject ? nil : Scalar($0) }
    }

    // MARK: Radars

    /// `{"Distance":[detection,moving,still],"Energy":[moving,still]}`; all are 0 without a target.
    // Source: arendst/Tasmota xsns_102_ld2410.ino (Ld1410HandleTargetData): the detection distance alone may be 0 with a still target.
    private mutating func takeRadar(_ value: JSONNode) {
        guard let distance = value.member("Distance"), distance.isArray else { return }
        var isSeen = false
        for element in distance.elements {
            guard let number = element.number else { return facts.fault("LD2410.Distance", "not a number") }
            if number > 0 { isSeen = true }
        }
        guard distance.count > 0 else { return }
        for element in (value.member("Energy")?.elements).map(Array.init) ?? [] where (element.number ?? 0) > 0 { isSeen = true }
        tell(.presence, isSeen)
    }

    /// `People` is a state and no count: 0 and 1 nobody, 2 and 3 somebody.
    // Source: tasmota/docs docs/HLK-LD2410S.md.
    private mutating func takeLowPowerRadar(_ value: JSONNode) {
        guard let people = value.member("People") else { return }
        switch people.integer {
        case 0, 1: tell(.presence, false)
        case 2, 3: tell(.presence, true)
        default: facts.fault("LD2410S.People", "unknown state")
        }
    }

    // Source: arendst/Tasmota xsns_102_ld2402.ino (Ld2402ResponseAppendReport).
    private mutating func takeTextRadar(_ value: JSONNode) {
        if value.member("Error") != nil { return tell(.sensor_fault, true) }
        if let isSeen = value.member("Occupancy")?.bool ?? value.member("Distance")?.number.map({ $0 > 0 }) {
            tell(.presence, isSeen)
            tell(.sensor_fault, false)
        }
    }

    // MARK: Tags

    /// A beacon, with `STATE` `OFF` or a signal of 0 when it was not heard for a while.
    // Source: tasmota/docs docs/Bluetooth_ESP32.md (iBeacon MQTT fields); docs/Bluetooth.md of 2020 (`IBEACON_<id>`).
    private mutating func takeBeacon(_ name: TextBytes?, _ value: JSONNode) {
        guard let name, let tag = child(named: name) else { return }
        var isHeard = value.member("RSSI")?.number.map { $0 != 0 }
        if let state = value.member("STATE") { isHeard = Scalar(state).looseBool }
        facts.speak(for: tag) { facts in
            if let isHeard { facts.tell(.tag_seen, .bool(isHeard), nature: .event) }
        }
    }

    /// A card that was held to a reader.
    // Source: arendst/Tasmota xsns_80_mfrc522.ino, xsns_40_pn532.ino, xsns_51_rdm6300.ino.
    private mutating func takeCard(_ value: JSONNode) {
        guard let card = value.member("UID")?.text, !card.isEmpty, card.count <= 64, card.isPlain else { return }
        facts.tell(.tag_seen, .text(card.string), nature: .event)
    }

    // MARK: Thermometers and Bluetooth

    private mutating func takeNamedSensor(_ key: TextBytes, _ value: JSONNode) {
        let isBluetooth = value.member("MAC")?.text != nil || value.member("mac")?.text != nil
        let model = Self.model(of: key)
        // One of several has its number, bus address or radio address in its name; without one it is the device itself.
        guard isBluetooth || model.count < key.count else {
            if thermometers.entry(of: key) != nil, !hasTemperature { hasTemperature = tellTemperature(key, value, isBluetooth: false) }
            return
        }
        guard isBluetooth || thermometers.entry(of: model) != nil, let sensor = child(named: key) else { return }
        let before = facts.observations.count
        facts.device = sensor
        _ = tellTemperature(model, value, isBluetooth: isBluetooth || key.count == model.count + 7)
        if isBluetooth || key.count == model.count + 7 { tellBluetooth(value) }
        if facts.observations.count == before { tellAlive() }
        facts.device = nil
    }

    /// The name without what `IndexSeparator` sets apart: `DS18B20-1`, `SHT3X-0x44`, `MJ_HT_V1-d8799d`; `_` with SetOption64.
    private static func model(of key: TextBytes) -> TextBytes {
        let bytes = key.bytes
        let separator = bytes.lastIndex(of: UInt8(ascii: "-")) ?? bytes.lastIndex(of: UInt8(ascii: "_")) ?? key.count
        let suffix = key[min(separator + 1, key.count)..<key.count]
        let isIndex =
            !suffix.isEmpty
            && suffix.bytes.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
                    || byte == UInt8(ascii: "x")
            }
        return isIndex ? key[0..<separator] : key
    }

    /// - Returns: whether anything was told.
    private mutating func tellTemperature(_ model: TextBytes, _ value: JSONNode, isBluetooth: Bool) -> Bool {
        guard let node = value.member("Temperature") else { return false }
        let scalar = Scalar(node)
        // Bluetooth sensors are repeated in Celsius whatever the device is set to, and say `F` all the same.
        // Source: tasmota/docs docs/Bluetooth.md, MI32Unit.
        guard !scalar.isNoReading, !(isBluetooth && isFahrenheit) else { return false }
        guard let stated = scalar.number else {
            facts.fault("Temperature", "not a number")
            return false
        }
        let celsius = isFahrenheit ? Double(fahrenheit: stated) : stated
        if model.hasPrefix("DS18"), celsius == TasmotaSensors.unmeasuredByDS18 {
            facts.tellNotMeasured(.temperature_c)
        } else {
            facts.tell(.temperature_c, number: celsius)
        }
        return true
    }

    // Source: arendst/Tasmota xsns_62_esp32_mi.ino (MI32Show), xsns_62_esp32_mi_ble.ino.
    private mutating func tellBluetooth(_ value: JSONNode) {
        if let battery = value.member("Battery") { facts.tell(.battery_percent, Scalar(battery), named: "Battery") }
        if let isMoving = (value.member("Motion") ?? value.member("PIR")).flatMap({ Scalar($0).looseBool }) { tell(.motion, isMoving) }
        if let isWet = value.member("Leak").flatMap({ Scalar($0).looseBool }) { tell(.water_leak, isWet) }
        // Source: MiBeacon object 0x1019: open, closed, still open after a while.
        switch value.member("Door")?.integer {
        case 0, 2: tell(.door_open, true)
        case 1: tell(.door_open, false)
        case .some: facts.fault("Door", "unknown state")
        case nil: break
        }
        for (key, press) in value.members where key.hasPrefix("Button") {
            switch press.integer {
            case 1: facts.tell(.button, .text("single"), nature: .event)
            case 2: facts.tell(.button, .text("double"), nature: .event)
            case 3: facts.tell(.button, .text("hold"), nature: .event)
            default: facts.fault("Button", "unknown press")
            }
        }
    }
}
