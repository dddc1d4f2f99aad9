import VigilCore

/// Takes the reports of LE Extended Advertising Report events apart, and puts the pieces of long ones together.
///
/// A controller tells long data in several reports. Of those that are not whole yet so many are kept; the oldest makes room.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.65.13.
struct ExtendedReports {
    /// Advertisers that are told in pieces at the same time: far more than any controller has room for.
    private static let mostUnfinished = 16
    // Volume 4, part E, section 7.8.57: the longest that can be advertised.
    static let longestData = 1650
    private static let anonymous: UInt8 = 0xFF

    /// Whose pieces belong together.
    private struct Advertiser: Hashable {
        let address: BluetoothAddress
        let addressKind: UInt8
        let set: UInt8
        let isScanResponse: Bool
    }

    private struct Unfinished {
        let advertiser: Advertiser
        var data: [UInt8]
    }

    private struct Kind: OptionSet {
        let rawValue: UInt16
        static let connectable = Kind(rawValue: 1 << 0)
        static let scanResponse = Kind(rawValue: 1 << 3)
        static let legacy = Kind(rawValue: 1 << 4)

        /// 0 whole or the last piece, 1 more to come, 2 the rest is lost.
        var dataStatus: UInt16 { rawValue >> 5 & 3 }
    }

    private var unfinished: [Unfinished] = []

    /// - Parameters:
    ///   - parameters: what follows the subevent's code.
    ///   - handle: gets the reports that are whole, and those whose rest the controller says to have lost.
    /// - Returns: how many reports were promised and cannot be read, and how many pieces too many there were.
    mutating func read(_ parameters: ArraySlice<UInt8>, _ handle: (BluetoothAddress, Advertisement) -> Void) -> Int {
        var reader = ByteReader(parameters)
        guard let count = reader.byte() else { return 1 }
        var misfits = 0
        for index in 0..<count {
            guard next(&reader, &misfits, handle) else { return misfits + Int(count - index) }
        }
        return misfits
    }

    /// Returns whether there was one.
    private mutating func next(
        _ reader: inout ByteReader, _ misfits: inout Int, _ handle: (BluetoothAddress, Advertisement) -> Void
    ) -> Bool {
        // Passed over: both PHYs before the set, the transmit power behind it; the periodic interval and whom it is directed to.
        guard let bits = reader.word(), let addressKind = reader.byte(), let address = reader.address(), reader.skip(2),
            let set = reader.byte(), reader.skip(1), let strength = reader.signedByte(), reader.skip(2 + 1 + 6),
            let length = reader.byte(), let data = reader.take(Int(length))
        else { return false }
        // Who does not say who it is cannot be registered.
        guard addressKind != Self.anonymous else { return true }
        let kind = Kind(rawValue: bits)
        let advertiser = Advertiser(
            address: address, addressKind: addressKind, set: set, isScanResponse: kind.contains(.scanResponse))
        guard let whole = take(data, of: advertiser, isMoreToCome: kind.dataStatus == 1, &misfits) else { return true }
        handle(
            address,
            Advertisement(
                properties: Self.properties(kind, addressKind), signalStrength: SignalStrength.read(strength), data: whole))
        return true
    }

    /// Answers the data when nothing more comes.
    private mutating func take(
        _ piece: ArraySlice<UInt8>, of advertiser: Advertiser, isMoreToCome: Bool, _ misfits: inout Int
    ) -> [UInt8]? {
        var data: [UInt8] = []
        if let index = unfinished.firstIndex(where: { $0.advertiser == advertiser }) { data = unfinished.remove(at: index).data }
        guard data.count + piece.count <= Self.longestData else {
            misfits += 1
            return nil
        }
        data += piece
        guard isMoreToCome else { return data }
        if unfinished.count == Self.mostUnfinished { unfinished.removeFirst() }
        unfinished.append(Unfinished(advertiser: advertiser, data: data))
        return nil
    }

    private static func properties(_ kind: Kind, _ addressKind: UInt8) -> Advertisement.Properties {
        var properties: Advertisement.Properties = []
        if addressKind & 1 == 1 { properties.insert(.isRandomAddress) }
        if kind.contains(.connectable) { properties.insert(.isConnectable) }
        if kind.contains(.scanResponse) { properties.insert(.isScanResponse) }
        if !kind.contains(.legacy) { properties.insert(.isExtended) }
        return properties
    }
}
