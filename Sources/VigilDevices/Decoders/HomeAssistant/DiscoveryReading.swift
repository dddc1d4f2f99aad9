import VigilCore

/// One component of an entry: what it would be here, and where its value stands.
struct DiscoveryReading {
    /// Nil where it is of no use here, or where its value cannot be found by a simple rule.
    let reading: Announcement.Reading?

    /// - Parameter root: the entry, whose options all its components share.
    init(_ node: JSONNode, of component: String, in root: JSONNode) {
        let document = Document(node: node, root: root)
        // What only sets the device up is no value.
        guard document.word("entity_category", "ent_cat") != "config" else {
            reading = nil
            return
        }
        switch component {
        case "binary_sensor": reading = Self.flag(document)
        case "sensor": reading = Self.number(document)
        case "switch": reading = Self.relay(document)
        case "device_automation": reading = Self.trigger(document)
        case "event": reading = Self.press(document)
        default: reading = nil
        }
    }

    // MARK: Components

    // Source: home-assistant.io/integrations/binary_sensor.mqtt and binary_sensor (device classes).
    private static func flag(_ document: Document) -> Announcement.Reading? {
        guard let deviceClass = document.word("device_class", "dev_cla"), let topic = document.topic("state_topic", "stat_t"),
            let field = document.field
        else { return nil }
        let kind: ObservationKind
        switch deviceClass {
        case "smoke": kind = .smoke
        case "gas", "carbon_monoxide": kind = .gas
        case "moisture": kind = .water_leak
        case "motion", "moving": kind = deviceClass == "motion" ? .motion : .vibration
        case "occupancy", "presence": kind = .presence
        case "door", "window", "opening", "garage_door": kind = .door_open
        case "vibration": kind = .vibration
        case "safety": kind = danger(named: [field.name, document.word("name", "name")])
        case "tamper": kind = .tamper
        case "problem": kind = .sensor_fault
        case "battery": kind = .battery_low
        case "connectivity": kind = .availability
        default: return nil
        }
        return Announcement.Reading(
            kind: kind, deviceClass: deviceClass, topic: topic, field: field.name, on: document.scalar("payload_on", "pl_on") ?? "ON",
            off: document.scalar("payload_off", "pl_off") ?? "OFF")
    }

    /// What "unsafe" is by its names: the member that holds it, and what people read.
    private static func danger(named names: [String?]) -> ObservationKind {
        let words = Set(names.compactMap(\.self).flatMap { PlainName.words($0) })
        if !words.isDisjoint(with: ["sos", "panic"]) { return .sos }
        if !words.isDisjoint(with: ["fall", "falling", "fallen"]) { return .fall }
        return .alarm_unspecified
    }

    // Source: home-assistant.io/integrations/sensor (device classes and their units).
    private static func number(_ document: Document) -> Announcement.Reading? {
        guard let deviceClass = document.word("device_class", "dev_cla"), let topic = document.topic("state_topic", "stat_t"),
            let field = document.numberField
        else { return nil }
        let unit = document.word("unit_of_measurement", "unit_of_meas")
        let kind: ObservationKind
        switch (deviceClass, unit) {
        case ("battery", "%"): kind = .battery_percent
        case ("temperature", "°C"): kind = .temperature_c
        case ("energy", "kWh"), ("energy", "Wh"): kind = .meter_energy_wh
        case ("water", "L"), ("water", "m³"): kind = .meter_water_l
        case ("gas", "m³"): kind = .meter_gas_l
        default: return nil
        }
        return Announcement.Reading(kind: kind, deviceClass: deviceClass, topic: topic, field: field.name, unit: unit)
    }

    private static func relay(_ document: Document) -> Announcement.Reading? {
        guard let topic = document.topic("state_topic", "stat_t"), let field = document.field else { return nil }
        let on = document.scalar("state_on", "stat_on") ?? document.scalar("payload_on", "pl_on") ?? "ON"
        let off = document.scalar("state_off", "stat_off") ?? document.scalar("payload_off", "pl_off") ?? "OFF"
        let deviceClass = document.word("device_class", "dev_cla") ?? "switch"
        return Announcement.Reading(kind: .switch, deviceClass: deviceClass, topic: topic, field: field.name, on: on, off: off)
    }

    // Source: home-assistant.io/integrations/device_trigger.mqtt: a payload on a topic is the press.
    private static func trigger(_ document: Document) -> Announcement.Reading? {
        guard let topic = document.topic("topic", "t"), let subtype = document.word("subtype", "stype"), let field = document.field
        else {
            return nil
        }
        let isCall = ["emergency", "panic", "sos", "SOS"].contains(subtype)
        return Announcement.Reading(
            kind: isCall ? .sos : .button, deviceClass: subtype, topic: topic, field: field.name, on: document.scalar("payload", "pl"))
    }

    private static func press(_ document: Document) -> Announcement.Reading? {
        guard let deviceClass = document.word("device_class", "dev_cla"), deviceClass == "button",
            let topic = document.topic("state_topic", "stat_t"), let field = document.field
        else { return nil }
        return Announcement.Reading(kind: .button, deviceClass: deviceClass, topic: topic, field: field.name)
    }
}
