import VigilCore

/// Whose topic it is and what is published there.
///
/// The base is not known here: routes decide where the dialect is spoken. `zigbee2mqtt`, the default, is cut off; any other base stays
/// part of the name. Names may hold spaces, slashes and any letter.
struct Zigbee2MQTTTopic {
    enum Part {
        /// The whole state of a device.
        case device
        /// One value of a device; nil is one that says nothing to us.
        case attribute(Zigbee2MQTTField?)
        case availability
        case bridge(Bridge)
    }

    enum Bridge {
        case state, event, health, healthCheck
        /// Lists, logs and settings.
        case other
    }

    let part: Part
    private let topic: String
    private let nameBytes: Range<Int>

    /// Nil where neither device nor bridge speaks: a command to one of them (`.../set`, `.../get`, `bridge/request/...`), a kept topic that
    /// is removed, a topic that is none of Zigbee2MQTT's.
    init?(_ frame: Frame, fields: KeyTable<Zigbee2MQTTField>) {
        var topic = frame.topic
        let found = topic.withUTF8 { Self.find(TextBytes(UnsafeRawBufferPointer($0)), payload: frame.body, fields: fields) }
        guard let found else { return nil }
        // An attribute that lost its value is empty, anything else is empty only when it is removed.
        let isAttribute = if case .attribute = found.0 { true } else { false }
        guard isAttribute || !frame.payload.isEmpty else { return nil }
        (part, nameBytes) = found
        self.topic = topic
    }

    /// The device's name, or the bridge's.
    var name: String { String(decoding: topic.utf8.dropFirst(nameBytes.lowerBound).prefix(nameBytes.count), as: UTF8.self) }

    /// What stands before the friendly names of this bridge's devices.
    var bridgePrefix: String { String(name.dropLast("bridge".count)) }

    private static func find(
        _ topic: TextBytes, payload: [UInt8], fields: KeyTable<Zigbee2MQTTField>
    ) -> (Part, Range<Int>)? {
        let slash = UInt8(ascii: "/")
        let isDefault = topic.hasPrefix("zigbee2mqtt/")
        // Below an unknown base the name starts with the base, so at least one segment more belongs to it.
        let start = isDefault ? "zigbee2mqtt/".utf8.count : 0
        let path = topic[start..<topic.count]
        guard !path.isEmpty else { return nil }

        if isDefault ? path == "bridge" || path.hasPrefix("bridge/") : path.bytes.contains(slash) {
            if let end = bridgeEnd(path, isDefault: isDefault) {
                let rest = path[min(end + 1, path.count)..<path.count]
                // What is asked of the bridge; `config/...` until version 1.17.
                if rest.hasPrefix("request/") || rest.hasPrefix("config/") { return nil }
                return (.bridge(bridge(rest)), start..<start + end)
            }
        }
        guard let lastSlash = path.bytes.lastIndex(of: slash) else { return isDefault ? (.device, start..<topic.count) : nil }
        let owner = path[0..<lastSlash]
        let last = path[lastSlash + 1..<path.count]
        guard isDefault || owner.bytes.contains(slash) else { return (.device, start..<topic.count) }
        guard !isCommand(owner: owner, last: last, isDefault: isDefault) else { return nil }
        let ownerBytes = start..<start + lastSlash
        if last == "availability" { return (.availability, ownerBytes) }

        // A device's whole state is an object, an attribute never is: nested ones are flattened into several topics.
        let first = payload.first { $0 > 0x20 }
        if first == UInt8(ascii: "{") { return (.device, start..<topic.count) }
        let field = fields.entry(of: last)
        // A removed topic may have been the state's or an attribute's.
        return first == nil && field == nil ? (.device, start..<topic.count) : (.attribute(field), ownerBytes)
    }

    /// Where the segment `bridge` ends: the first below the default base, any but the first below another.
    private static func bridgeEnd(_ path: TextBytes, isDefault: Bool) -> Int? {
        if isDefault { return "bridge".utf8.count }
        var position = 0
        while let next = path[position..<path.count].bytes.firstIndex(of: UInt8(ascii: "/")) {
            position += next + 1
            let rest = path[position..<path.count]
            if rest == "bridge" || rest.hasPrefix("bridge/") { return position + "bridge".utf8.count }
        }
        return nil
    }

    private static func bridge(_ path: TextBytes) -> Bridge {
        switch path {
        case _ where path == "state": .state
        case _ where path == "event": .event
        case _ where path == "health": .health
        case _ where path == "response/health_check": .healthCheck
        default: .other
        }
    }

    /// `<name>/set`, `<name>/get`, `<name>/set/<attribute>`.
    private static func isCommand(owner: TextBytes, last: TextBytes, isDefault: Bool) -> Bool {
        if last == "set" || last == "get" { return true }
        guard let slash = owner.bytes.lastIndex(of: UInt8(ascii: "/")) else { return false }
        guard isDefault || owner[0..<slash].bytes.contains(UInt8(ascii: "/")) else { return false }
        let word = owner[slash + 1..<owner.count]
        return word == "set" || word == "get"
    }
}
