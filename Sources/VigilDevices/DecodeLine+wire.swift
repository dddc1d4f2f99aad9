import VigilCore

extension DecodeLine {
    /// The line as it is read; its keys are the wire's.
    struct Question: Decodable {
        var dialect: Dialect?
        var topic: String?
        var payload: String?
        var payload_encoding: String?
        var retained: Bool?
        var ble: BluetoothLine?

        // What belongs inside of `ble`, whatever stands there.
        private var bindkey: Ignored?
        private var service_data: Ignored?
        private var manufacturer_data: Ignored?
        private var hci_event: Ignored?
        private var characteristic: Ignored?

        private struct Ignored: Decodable { init(from decoder: any Decoder) {} }

        /// The keys of `ble` that stand beside it.
        var strays: [String] {
            [
                ("bindkey", bindkey), ("service_data", service_data), ("manufacturer_data", manufacturer_data),
                ("hci_event", hci_event),
                ("characteristic", characteristic),
            ].compactMap { $1 == nil ? nil : $0 }
        }
    }

    /// The line as it is written; its keys are the wire's.
    struct Answer: Encodable {
        struct Fact: Encodable {
            var device: String
            var kind: ObservationKind
            var value: ObservationValue
            var nature: Observation.Nature
            var event_time: EventTime?
        }

        struct Confirmation: Encodable {
            var boot: String
            var seq: Int64
        }

        var observations: [Fact]?
        var announcement: Announcement?
        var withdrawn: String?
        var receipt: Confirmation?
        var faults: [String]?
        /// Present where nothing proves who sent it.
        var unauthenticated: Bool?
        var decoder: Reader?
        var explanation: [Explanation.Part]?
        var shared: [Explanation.Fact]?
        var further: Int?
        var error: String?

        struct Reader: Encodable {
            var dialect: Dialect
            var name: String
            var filter: String?
        }

        mutating func add(_ why: Explanation) {
            decoder = Reader(dialect: why.dialect, name: why.decoder, filter: why.filter)
            explanation = why.parts
            shared = why.shared.isEmpty ? nil : why.shared
            further = why.further == 0 ? nil : why.further
        }

        init(error: String) { self.error = error }

        init(_ change: AnnouncementChange) {
            observations = []
            switch change {
            case .made(let announcement): self.announcement = announcement
            case .withdrawn(let topic): withdrawn = topic
            case .useless: break
            }
        }

        init(_ answer: (address: DeviceAddress, decoded: Decoded)) {
            observations = answer.decoded.observations.map { observation in
                Fact(
                    device: (observation.device ?? answer.address).name, kind: observation.kind, value: observation.value,
                    nature: observation.nature, event_time: observation.eventTime)
            }
            receipt = answer.decoded.receipt.map { Confirmation(boot: $0.boot, seq: $0.sequence) }
            faults = answer.decoded.faults.isEmpty ? nil : answer.decoded.faults
            unauthenticated = answer.decoded.isUnauthenticated ? true : nil
        }
    }
}
