import VigilCore

/// A message of a profile, made ready to read what a Bluetooth receiver heard.
struct BluetoothProfileMessage: Sendable {
    private let place: BluetoothPlace
    private let length: Int
    private let message: Profile.Message

    /// Nil for a message of a topic.
    init?(_ message: Profile.Message) {
        guard let bluetooth = message.bluetooth else { return nil }
        place = bluetooth.place
        length = bluetooth.length
        self.message = message
    }

    /// The bytes that it reads of an advertisement; nil where none are for it. A beacon has none besides its ids.
    func bytes(in data: AdvertisingData) -> ArraySlice<UInt8>? {
        switch place {
        case .manufacturer(let company): return data.manufacturerData(company).first { $0.count >= length }
        case .service(let service): return data.serviceData(service).flatMap { $0.count >= length ? $0 : nil }
        case .beacon(let uuid, let major, let minor):
            guard let beacon = BeaconID(data), beacon.uuid == uuid, major.map({ $0 == beacon.major }) ?? true,
                minor.map({ $0 == beacon.minor }) ?? true
            else { return nil }
            return []
        case .characteristic: return nil
        }
    }

    /// By what a receiver knows that an advertisement may be for it. A service of 128 bits is heard of registered devices alone.
    func add(to signs: inout BluetoothSigns) {
        switch place {
        case .manufacturer(let company):
            signs.manufacturerData.append([UInt8(truncatingIfNeeded: company), UInt8(truncatingIfNeeded: company >> 8)])
        case .service(let service):
            if let number = service.assigned.flatMap({ UInt16(exactly: $0) }) { signs.services.insert(number) }
        case .characteristic, .beacon: break
        }
    }

    /// The value of a characteristic, by its UUID as a topic has it; nil where it is not for this message.
    func bytes(_ value: ArraySlice<UInt8>, of characteristic: String) -> ArraySlice<UInt8>? {
        guard case .characteristic(let uuid) = place, uuid == BluetoothUUID(characteristic), value.count >= length else { return nil }
        return value
    }

    /// Tells what bytes mean. Returns false where its conditions do not hold: then the next message may fit.
    func tell(_ bytes: ArraySlice<UInt8>, _ facts: inout FactList) -> Bool {
        let values = ProfileValues(
            record: message.byteFields.enumerated().compactMap { index, field in
                field.value(in: bytes).map { (path: index, value: Scalar.number($0)) }
            }, around: [], captures: Captures(), misfit: nil)
        guard values.hold(message.when) else { return false }
        guard message.role == .facts else { return true }
        for fact in message.facts where values.hold(fact.when) { fact.tell(values, &facts) }
        return true
    }
}
