import VigilCore

/// Bands of Huami (Mi Band, Amazfit) that are set to advertise their pulse, and the steps of the day beside it.
// Source: custom-components/ble_monitor ble_parser/amazfit.py.
enum MiBand: AdvertisementFormat {
    private static let company: UInt16 = 0x0157
    private static let service = BluetoothUUID(0xFEE0)
    private static let length = 24
    private static let pulseIndex = 3

    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? {
        guard let band = data.manufacturerData(company).first(where: { $0.count == length }) else { return nil }
        if let pulse = band.dropFirst(pulseIndex).first { report.facts.tell(.heart_rate_bpm, number: Double(pulse)) }
        if let steps = data.serviceData(service), steps.count == 4 {
            report.facts.tell(.steps, number: Double(steps.littleEndian))
        }
        return .plain
    }
}
