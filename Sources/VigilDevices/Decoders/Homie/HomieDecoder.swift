public import VigilCore

/// The Homie convention, versions 4 (also 3) and 5: each version is a dialect of its own.
///
/// A node is a part of its device with an address below it, `super-car/engine`; a property whose name says more than its meaning has one below
/// that: `weather/air/outside-temperature`. What a property means is its name (`PlainName`); what unit it has, the device says once.
// Source: github.com/homieiot/convention, convention.md of v4.0.0 and v5.0.0.
public struct HomieDecoder: PayloadDecoder {
    public static let version4 = HomieDecoder(dialect: "homie4", version: 4)
    public static let version5 = HomieDecoder(dialect: "homie5", version: 5)

    public let dialect: Dialect
    private let version: Int
    private let json = JSONReader()

    private init(dialect: Dialect, version: Int) {
        self.dialect = dialect
        self.version = version
    }

    public func address(of frame: Frame) -> DeviceAddress? {
        HomieTopic(frame, version: version).map { DeviceAddress(dialect: dialect, name: $0.owner) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = HomieTopic(frame, version: version) else { return Decoded() }
        if case .description = topic.part { return try describe(frame.body, &state) }
        let text = try BareText.string(of: frame.body)
        var facts = FactList()
        switch topic.part {
        case .state: try tell(state: text, of: topic, &facts, state)
        case .alert(let name):
            if Self.batteryAlerts.contains(name) { facts.tell(.battery_low, .bool(!frame.payload.isEmpty)) }
        case .battery:
            frame.body.withUnsafeBytes { facts.tell(.battery_percent, Scalar(bare: TextBytes($0)), named: "$stats/battery") }
        case .value(let node, let property):
            frame.body.withUnsafeBytes { tell(Scalar(bare: TextBytes($0)), topic.owner, node, property, &facts, state) }
        case .attribute(let node, let property, let name):
            if name == "$unit" || name == "$settable" { Self.keep(text, name, node, property, &state) }
        case .description, .other: break
        }
        return facts.decodedByGateway
    }

    private static let batteryAlerts: Set<String> = ["battery", "battery-low", "low-battery"]

    // MARK: State

    /// A device that sleeps is neither gone nor there. One that the broker lost takes its children along: they have no will of their own.
    private func tell(state word: String, of topic: HomieTopic, _ facts: inout FactList, _ known: DialectState) throws(DecodeFailure) {
        switch word {
        case "init", "ready", "alert":
            facts.tell(.availability, .text("online"))
            // Source: v4.0.0, "Device Lifecycle": something wrong is happening and needs human intervention.
            if version == 4, word != "init" { facts.tell(.sensor_fault, .bool(word == "alert")) }
        case "disconnected", "lost":
            facts.tell(.availability, .text("offline"))
            guard word == "lost" else { return }
            for child in Self.children(known) {
                facts.device = DeviceAddress(dialect: dialect, name: topic.basePrefix + child)
                facts.tell(.availability, .text("offline"))
            }
            facts.device = nil
        case "sleeping": break
        default: throw DecodeFailure(.unknownShape, "a state is init, ready, disconnected, sleeping, lost or alert")
        }
    }

    // MARK: Properties

    private func tell(
        _ value: Scalar, _ owner: String, _ node: String, _ property: String, _ facts: inout FactList, _ known: DialectState
    ) {
        let part = DeviceAddress(dialect: dialect, name: "\(owner)/\(node)")
        // Of a lamp or a socket. Source: the convention's `kitchen-light/light/power`.
        if property == "power" || property == "relay" || property == "switch", let isOn = value.bool {
            return facts.speak(for: part) { $0.tell(.switch, .bool(isOn)) }
        }
        guard let name = PlainName(property[...], setAside: node[...]) else {
            return facts.noteUnnamed(value, property[...], setAside: node[...])
        }
        // What can be set is a wish and not measured.
        if case .measure = name.meaning, known.word(Self.key("$settable", node, property)) == "true" { return }
        let unit = known.word(Self.key("$unit", node, property))
        let device = name.isWhole ? part : DeviceAddress(dialect: dialect, name: "\(part.name)/\(property)")
        facts.speak(for: device) { facts in
            guard case .flag(.door_open) = name.meaning, let text = value.text else { return facts.tell(name, value, unit: unit) }
            if text == "open" || text == "opened" { facts.tell(.door_open, .bool(true)) }
            if text == "closed" || text == "close" { facts.tell(.door_open, .bool(false)) }
        }
    }

    // MARK: Memory

    private static func key(_ attribute: String, _ node: String, _ property: String) -> String { "\(node)/\(property)/\(attribute)" }

    /// Keeps an attribute of a property that is measured; of any other it is of no use.
    private static func keep(_ text: String, _ attribute: String, _ node: String, _ property: String, _ state: inout DialectState) {
        guard case .measure = PlainName(property[...], setAside: node[...])?.meaning else { return }
        state.keep(text, as: key(attribute, node, property))
    }

    /// Takes over what a description says of units, settings and children.
    private func describe(_ payload: [UInt8], _ state: inout DialectState) throws(DecodeFailure) -> Decoded {
        let description = try json.read(payload) { (root) throws(DecodeFailure) -> HomieDescription in
            guard root.isObject else { throw DecodeFailure(.unknownShape, "a description is a JSON object") }
            return HomieDescription(root)
        }
        for property in description.properties {
            Self.keep(property.unit, "$unit", property.node, property.name, &state)
            Self.keep(property.isSettable ? "true" : "false", "$settable", property.node, property.name, &state)
        }
        for (index, word) in description.childWords.enumerated() { state.keep(word, as: "$children/\(index)") }
        state.keep(nil, as: "$children/\(description.childWords.count)")
        return FactList().decoded
    }

    private static func children(_ state: DialectState) -> [String] {
        var children: [String] = []
        for index in 0..<HomieDescription.mostChildWords {
            guard let word = state.word("$children/\(index)") else { break }
            children += word.split(separator: ",").map { String($0) }
        }
        return children
    }
}
