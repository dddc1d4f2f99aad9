import VigilCore

/// Takes the reports of one LE Advertising Report event apart.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.65.2; section 5.2 for the order of its arrays: report by report.
enum LegacyReports {
    /// ADV_IND, ADV_DIRECT_IND, ADV_SCAN_IND, ADV_NONCONN_IND, SCAN_RSP.
    private enum Kind {
        static let connectable: ClosedRange<UInt8> = 0...1
        static let scanResponse: UInt8 = 4
        static let last: UInt8 = 4
    }

    /// - Parameters:
    ///   - parameters: what follows the subevent's code.
    ///   - handle: gets the reports that are whole.
    /// - Returns: how many reports were promised and cannot be read: where one lies about its length, nobody knows where the next begins.
    static func read(_ parameters: ArraySlice<UInt8>, _ handle: (BluetoothAddress, Advertisement) -> Void) -> Int {
        var reader = ByteReader(parameters)
        guard let count = reader.byte() else { return 1 }
        for index in 0..<count {
            guard let (address, advertisement) = next(&reader) else { return Int(count - index) }
            handle(address, advertisement)
        }
        return 0
    }

    private static func next(_ reader: inout ByteReader) -> (BluetoothAddress, Advertisement)? {
        guard let kind = reader.byte(), kind <= Kind.last, let addressKind = reader.byte(), let address = reader.address(),
            let length = reader.byte(), let data = reader.take(Int(length)), let strength = reader.signedByte()
        else { return nil }
        var properties: Advertisement.Properties = []
        if addressKind & 1 == 1 { properties.insert(.isRandomAddress) }
        if Kind.connectable.contains(kind) { properties.insert(.isConnectable) }
        if kind == Kind.scanResponse { properties.insert(.isScanResponse) }
        return (address, Advertisement(properties: properties, signalStrength: SignalStrength.read(strength), data: Array(data)))
    }
}
