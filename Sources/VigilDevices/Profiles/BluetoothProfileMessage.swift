import VigilCore

/// A message of a profile, made ready to read what a Bluetooth receiver heard.
struct BluetoothProfileMessage: Sendable {
    let place: BluetoothPlace
    private let length: Int
    private let message: Profile.Message

    /// Nil for a message of a topic.
    init?(_ message: Profile.Message) {
        guard let bluetooth = message.bluetooth else { return nil }
        place = bluetooth.place
        length = bluetooth.length
        self.message = message
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

    /// Tells what bytes mean. Returns false where they are too few or its conditions do not hold: then the next message may fit.
    func tell(_ bytes: ArraySlice<UInt8>, _ facts: inout FactList) -> Bool {
        guard bytes.count >= length else { return false }
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
