import VigilCore

/// The body scale of Amazfit, which feels the pulse of whoever stands on it.
// Source: custom-components/ble_monitor ble_parser/amazfit.py.
enum AmazfitScale: AdvertisementFormat {
    private static let service = BluetoothUUID(0xFEE0)
    private static let length = 20

    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? {
        guard let bytes = data.serviceData(service), bytes.count == length else { return nil }
        // While it still weighs these are 0.
        let isSettled = bytes.dropFirst(9).prefix(3).contains { $0 != 0 }
        if isSettled, let pulse = bytes.dropFirst(12).first { report.facts.tell(.heart_rate_bpm, number: Double(pulse)) }
        return .plain
    }
}
