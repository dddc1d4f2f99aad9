import VigilCore

/// The pulse that Polar's sensors and watches advertise: a run of records in the maker's data, of which one kind is the pulse.
// Source: polarofficial/polar-ble-sdk BleAdvertisementContent, BlePolarHrAdvertisement.
enum PolarAdvertisement: AdvertisementFormat {
    private static let company: UInt16 = 0x006B
    private static let touchesSkin: UInt8 = 1 << 1
    private static let isOther: UInt8 = 1 << 6

    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? {
        let parts = data.manufacturerData(company)
        guard !parts.isEmpty else { return nil }
        for part in parts { tell(part, &report.facts) }
        return .plain
    }

    /// A record of another kind has its length in its second byte. That of the pulse is the last: status, a code, the fast average, and where
    /// it has a fourth byte the slow one, which the maker shows.
    private static func tell(_ bytes: ArraySlice<UInt8>, _ facts: inout FactList) {
        var reader = ByteReader(bytes)
        while let status = reader.byte() {
            if status & isOther != 0 {
                guard let length = reader.byte(), reader.skip(Int(length)) else {
                    return facts.fault("polar", "a record is cut off")
                }
                continue
            }
            guard reader.rest.count >= 2 else { return facts.fault("polar", "the pulse is cut off") }
            guard status & touchesSkin != 0 else { return facts.tellNotMeasured(.heart_rate_bpm) }
            let pulse = reader.rest.prefix(3).last ?? 0
            return facts.tell(.heart_rate_bpm, number: Double(pulse))
        }
    }
}
