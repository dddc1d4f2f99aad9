import VigilCore

/// The first advertisement of an event of the host interface, legacy or extended: what `vigil decode` takes from captures.
///
/// What the event says of lengths is not trusted: its data ends where the event does.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, sections 7.7.65.2 and 7.7.65.13.
struct AdvertisingReport {
    let address: BluetoothAddress
    let advertisement: Advertisement

    private static let packetType: UInt8 = 0x04
    private static let metaEvent: UInt8 = 0x3E
    private static let scanResponse: UInt8 = 0x04

    /// - Parameter event: with its packet type (04) or without; nil for one of another kind, or one that is cut off.
    init?(event: [UInt8]) {
        var reader = ByteReader(event.first == Self.packetType ? event.dropFirst() : event[...])
        // The code, the length of the rest, the kind, and how many reports follow.
        guard reader.byte() == Self.metaEvent, reader.byte() != nil, let kind = reader.byte(), reader.byte() != nil else { return nil }
        switch kind {
        case 0x02: self.init(legacy: &reader)
        case 0x0D: self.init(extended: &reader)
        default: return nil
        }
    }

    /// Kind, address, data, and the strength behind it.
    private init?(legacy reader: inout ByteReader) {
        guard let kind = reader.byte(), let addressType = reader.byte(),
            let address = reader.address(), let length = reader.byte()
        else { return nil }
        let data = reader.take(Int(length)) ?? reader.rest
        let strength = reader.signedByte().map { Int($0) }
        var properties = Advertisement.Properties(address: addressType)
        if kind <= 0x01 { properties.insert(.isConnectable) }
        if kind == Self.scanResponse { properties.insert(.isScanResponse) }
        self.init(address: address, advertisement: Advertisement(properties: properties, signalStrength: strength, data: Array(data)))
    }

    /// Kind, address, radios, set, power, strength, interval, whom it was meant for, data.
    private init?(extended reader: inout ByteReader) {
        guard let kind = reader.word(), let addressType = reader.byte(),
            let address = reader.address(), reader.skip(4),
            let strength = reader.signedByte(), reader.skip(9), let length = reader.byte()
        else { return nil }
        let data = reader.take(Int(length)) ?? reader.rest
        var properties = Advertisement.Properties(address: addressType)
        properties.insert(.isExtended)
        if kind & 1 << 0 != 0 { properties.insert(.isConnectable) }
        if kind & 1 << 3 != 0 { properties.insert(.isScanResponse) }
        self.init(
            address: address,
            advertisement: Advertisement(properties: properties, signalStrength: Int(strength), data: Array(data)))
    }

    private init(address: BluetoothAddress, advertisement: Advertisement) {
        self.address = address
        self.advertisement = advertisement
    }
}

extension Advertisement.Properties {
    /// - Parameter address: public (0), random (1), and the same as the controller resolved them (2, 3).
    fileprivate init(address: UInt8) { self = address & 1 != 0 ? .isRandomAddress : [] }
}
