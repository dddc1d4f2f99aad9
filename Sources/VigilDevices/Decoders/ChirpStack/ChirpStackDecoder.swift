public import VigilCore

/// ChirpStack: LoRaWAN devices by their EUI. What a device sent is read where its codec gave it names (`object`), or from its bytes where the
/// model is known; the models are Milesight's.
// Source: chirpstack/chirpstack-docs src/chirpstack/integrations/events.md; Milesight-IoT/SensorDecoders.
public struct ChirpStackDecoder: PayloadDecoder {
    public static let dialect: Dialect = "chirpstack"
    public var dialect: Dialect { Self.dialect }

    private let json = JSONReader()

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        ChirpStackTopic(frame).map { DeviceAddress(dialect: Self.dialect, name: $0.eui) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = ChirpStackTopic(frame) else { return Decoded() }
        let before = state
        let (decoded, memory) = try json.read(frame.body) { (root) throws(DecodeFailure) -> (Decoded, MilesightMemory) in
            guard root.isObject else { throw DecodeFailure(.unknownShape, "an event is a JSON object") }
            var report = MilesightReport(memory: MilesightMemory(before))
            // When the network heard it, by its own clock.
            report.facts.eventTime = root.member("time")?.text.flatMap { EventTime(iso8601: $0) }
            switch topic.event {
            case .up: Self.take(root, of: topic.eui, into: &report)
            case .status: Self.takeStatus(root, into: &report.facts)
            case .location: Self.takeLocation(root, into: &report.facts)
            case .join: break
            }
            report.finish()
            return (report.facts.decoded, report.memory)
        }
        // A kept message tells what was: what happens after it is news.
        if !frame.isRetained { memory.keep(in: &state) }
        return decoded
    }

    private static func take(_ root: JSONNode, of topicEUI: String, into report: inout MilesightReport) {
        let about = DeviceInfo(root.member("deviceInfo"))
        report.isSOSButton = about.isCalled("sos")
        // The makers of devices share nothing but the air: what a name or a number means is known by whose device it is.
        report.isMilesight = topicEUI.hasPrefix(MilesightModel.euiPrefix) || about.eui?.hasMilesightPrefix == true
        if let object = root.member("object"), object.isObject {
            let before = report.facts.observations.count
            report.take(object)
            report.finish()
            if report.facts.observations.count == before, !report.isUnderstood {
                report.facts.fault("object", "no name in it is known")
            }
        } else if let data = root.member("data")?.text, !data.isEmpty {
            guard let model = about.model else { return report.facts.fault("data", "no codec is set, and no name tells the model") }
            guard let bytes = data.base64 else { return report.facts.fault("data", "not base64") }
            report.take(bytes, of: model)
        }
    }

    /// A device on mains tells no level, and some cannot.
    private static func takeStatus(_ root: JSONNode, into facts: inout FactList) {
        guard root.member("externalPowerSource")?.bool != true, root.member("batteryLevelUnavailable")?.bool != true else { return }
        facts.tell(.battery_percent, root.member("batteryLevel").map { Scalar($0) }, named: "batteryLevel")
    }

    private static func takeLocation(_ root: JSONNode, into facts: inout FactList) {
        guard let location = root.member("location"), let latitude = location.member("latitude")?.number,
            let longitude = location.member("longitude")?.number, abs(latitude) <= 90, abs(longitude) <= 180,
            latitude != 0 || longitude != 0
        else { return facts.fault("location", "no place") }
        facts.tell(.position, .numbers([latitude, longitude]))
    }
}

extension ChirpStackDecoder {
    /// What people called the device and its kind.
    private struct DeviceInfo {
        let eui: TextBytes?
        private var names: [TextBytes] = []

        init(_ node: JSONNode?) {
            eui = node?.member("devEui")?.text
            for name in [node?.member("deviceProfileName"), node?.member("deviceName")] {
                if let text = name?.text { names.append(text) }
            }
            if let tags = node?.member("tags") {
                for (_, value) in tags.members.prefix(32) {
                    if let text = value.text { names.append(text) }
                }
            }
        }

        func isCalled(_ word: StaticString) -> Bool { names.contains { $0.contains(word: word) } }

        /// Nil also where the names tell of two.
        var model: MilesightModel? {
            let named = MilesightModel.allCases.filter { isCalled($0.word) }
            return named.count == 1 ? named.first : nil
        }
    }
}

extension TextBytes {
    fileprivate var hasMilesightPrefix: Bool { self[0..<6].isSame(ignoringCase: "24e124") }

    /// Whether the lower-case ASCII word stands in it, in whatever case, with no letter or digit beside it.
    fileprivate func contains(word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard count >= length else { return false }
        for start in 0...count - length where self[start..<start + length].isSame(ignoringCase: word) {
            let isFree =
                (start == 0 || !Self.isAlphanumeric(bytes[start - 1]))
                && (start + length == count || !Self.isAlphanumeric(bytes[start + length]))
            if isFree { return true }
        }
        return false
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
