import VigilCore

/// HolyIOT's tags: one measurement in each message, or the button.
// Source: custom-components/ble_monitor ble_parser/holyiot.py.
enum HolyIOTTag: AdvertisementFormat {
    private static let service = BluetoothUUID(0x5242)
    private static let length = 13

    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? {
        guard let bytes = data.serviceData(service), bytes.count == length else { return nil }
        var reader = ByteReader(bytes.dropFirst())
        guard let battery = reader.byte(), let address = reader.take(6) else { return nil }
        guard address.elementsEqual(report.address.bytes) else {
            throw DecodeFailure(.malformed, "a HolyIOT tag names another address than that of its radio")
        }
        guard let kind = reader.take(3)?.last, let value = reader.byte() else { return nil }
        report.facts.tell(.battery_percent, number: Double(battery))
        switch kind {
        // Whole degrees with their sign, and hundredths.
        case 1:
            let whole = Int8(bitPattern: value)
            let hundredths = Double(reader.byte() ?? 0) / 100
            report.facts.tell(.temperature_c, number: whole < 0 ? Double(whole) - hundredths : Double(whole) + hundredths)
        case 4 where value != 0: report.facts.tell(.vibration, .bool(true), nature: .event)
        case 6 where value != 0: report.facts.tell(.button, .text("single"), nature: .event)
        default: break
        }
        return .plain
    }
}
