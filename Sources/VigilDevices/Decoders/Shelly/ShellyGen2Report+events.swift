import VigilCore

/// Frames of the RPC channel: what changed, what stands, what happened.
extension ShellyGen2Report {
    // Source: shelly-api-docs gen2/General/Notifications.
    mutating func takeNotification(_ root: JSONNode) {
        guard let method = root.member("method")?.text, let parameters = root.member("params") else { return }
        switch method {
        case _ where method == "NotifyStatus" || method == "NotifyFullStatus":
            facts.eventTime = Self.time(parameters)
            takeComponents(parameters, isWhole: method == "NotifyFullStatus")
        case _ where method == "NotifyEvent":
            guard let events = parameters.member("events") else { return }
            for event in events.elements {
                facts.eventTime = Self.time(event) ?? Self.time(parameters)
                takeEvent(event)
            }
        default: break
        }
    }

    /// Seconds since 1970; seconds since the start until the device has a clock, which are no time.
    private static func time(_ node: JSONNode) -> EventTime? { node.member("ts")?.number.flatMap { EventTime(wireNumber: $0) } }

    private mutating func takeEvent(_ event: JSONNode) {
        guard let component = event.member("component")?.text, let name = event.member("event")?.text else { return }
        let kind = Key(component).kind
        switch kind {
        case _ where name == "shelly-blu": takeBluetooth(event.member("data"))
        case _ where kind == "input" || kind == "button" || kind == "bthomedevice": takePress(name, of: component, event)
        case _ where kind == "smoke" && name == "alarm_test": facts.tell(.smoke_test, .bool(true), nature: .event)
        case _ where kind == "smoke" && (name == "alarm" || name == "alarm_off"): facts.tell(.smoke, .bool(name == "alarm"))
        case _ where kind == "flood" && (name == "alarm" || name == "alarm_off"): facts.tell(.water_leak, .bool(name == "alarm"))
        default: break
        }
    }

    /// `single_push` and its like; `btn_down` and `btn_up` around it say the same once more.
    // Source: shelly-api-docs gen2/ComponentsAndServices/Input, gen2/DynamicComponents/BTHome.
    private mutating func takePress(_ name: TextBytes, of component: TextBytes, _ event: JSONNode) {
        let press: String
        switch name {
        case _ where name == "single_push": press = "single"
        case _ where name == "double_push": press = "double"
        case _ where name == "triple_push": press = "triple"
        case _ where name == "long_push": press = "long"
        default: return
        }
        tellChild(component) { facts in
            // A remote control with several buttons.
            if let index = event.member("idx")?.integer, index > 0, let device = facts.device {
                facts.device = DeviceAddress(dialect: device.dialect, name: "\(device.name)/\(index)")
            }
            facts.tell(.button, .text(press), nature: .event)
        }
    }

    /// A Bluetooth device that a script decoded; the names are those of BTHome.
    ///
    /// Of several objects of a kind it makes a list: one that is true counts.
    // Source: ALLTERCO/shelly-script-examples ble/ble-shelly-blu.shelly.js (DeviceData), ble/universal-blu-to-mqtt.shelly.js (vibration);
    // bthome.io/format: 0x21 (motion), 0x2c (vibration), 0x2d (window), 0x3a (button).
    private mutating func takeBluetooth(_ data: JSONNode?) {
        guard let data, let address = data.member("address")?.text else { return }
        tellChild(address) { facts in
            if let isMoving = Self.anyFlag(data.member("motion")) { facts.tell(.motion, .bool(isMoving)) }
            if let isOpen = Self.anyFlag(data.member("window")) { facts.tell(.door_open, .bool(isOpen)) }
            if let isShaken = Self.anyFlag(data.member("vibration")) { facts.tell(.vibration, .bool(isShaken)) }
            if let button = data.member("button") {
                if button.isArray {
                    for press in button.elements { Self.tellPress(press.integer, &facts) }
                } else {
                    Self.tellPress(button.integer, &facts)
                }
            }
            facts.tell(.temperature_c, Self.scalar(data, "temperature"), named: "temperature")
            facts.tell(.battery_percent, Self.scalar(data, "battery"), named: "battery")
        }
    }

    private static func anyFlag(_ node: JSONNode?) -> Bool? {
        guard let node else { return nil }
        guard node.isArray else { return Scalar(node).looseBool }
        let flags = node.elements.compactMap { Scalar($0).looseBool }
        return flags.isEmpty ? nil : flags.contains(true)
    }

    private static func tellPress(_ press: Int64?, _ facts: inout FactList) {
        let word: String
        switch press {
        // Another button of the same remote control was pressed.
        case 0: return
        case 1: word = "single"
        case 2: word = "double"
        case 3: word = "triple"
        case 4: word = "long"
        case 0x80, 0xFE: word = "hold"
        default: return facts.fault("button", "unknown press")
        }
        facts.tell(.button, .text(word), nature: .event)
    }
}
