import VigilCore

/// Xiaomi's MiBeacon of versions 2 to 5: service data of 0xFE95, plain or encrypted.
// Source: iot.mi.com "Mijia BLE MiBeacon protocol"; Bluetooth-Devices/xiaomi-ble src/xiaomi_ble/parser.py (1.21),
// custom-components/ble_monitor ble_parser/xiaomi.py.
enum MiBeacon: AdvertisementFormat {
    static let service = BluetoothUUID(0xFE95)
    private static let associated: [UInt8] = [0x11]
    /// Makes a key of before version 4 as long as the cipher wants it.
    private static let legacyFiller: [UInt8] = [0x8D, 0x3D, 0x3C, 0x97]

    static func statedAddress(in data: AdvertisingData) -> BluetoothAddress? {
        parts(of: data).lazy.compactMap { $0.serviceData(service).flatMap { MiBeaconFrame($0) }?.stated }.first
    }

    static func parts(of data: AdvertisingData) -> [AdvertisingData] { data.apart(service) }

    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? {
        guard let bytes = data.serviceData(service) else { return nil }
        guard let frame = MiBeaconFrame(bytes) else { throw DecodeFailure(.malformed, "MiBeacon is cut off") }
        // Devices say of themselves what they are, with nothing behind it; mesh devices say nothing to others.
        guard frame.hasObject, !frame.isMesh else { return .plain }
        guard frame.version >= 2 else {
            throw DecodeFailure(.unknownShape, "MiBeacon of version \(frame.version), where 2 to 5 are understood")
        }
        if !frame.isEncrypted {
            try report.requireNoKey(for: "MiBeacon")
            let objects = MiBeaconObjects(frame.body)
            let isHeard = report.isHeard(frame.number, bytes, as: "mibeacon-packet")
            objects.tell(&report.facts, of: MiBeaconProduct(frame.product), withEvents: !isHeard)
            return .plain
        }
        return frame.version >= 4 ? try open(frame, &report) : try openLegacy(frame, &report)
    }

    /// The MIC first: a number that nothing proves must not move the one that is kept.
    private static func open(_ frame: MiBeaconFrame, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading {
        let key = try report.key(for: "MiBeacon")
        guard key.bytes.count == 16 else {
            throw DecodeFailure(
                .undecryptable, "the key of \(report.address) has 24 digits, and MiBeacon of version \(frame.version) takes 32")
        }
        guard frame.body.count > 7 else { throw DecodeFailure(.malformed, "MiBeacon is too short to be encrypted") }
        let upper = frame.body.suffix(7).prefix(3)
        let nonce = Array(report.address.bytes.reversed() + frame.head[2..<5] + upper)
        guard
            let opened = AESCCM.open(
                frame.body.dropLast(7), mic: frame.body.suffix(AESCCM.micLength), key: key.bytes, nonce: nonce, associated: associated)
        else {
            throw DecodeFailure(
                .undecryptable, "the key of \(report.address) does not open its MiBeacon: it is the wrong one, or it was not the device"
            )
        }
        guard try report.count(number(frame, upper), under: key, as: BluetoothReport.mibeaconCounter) else { return .repeated }
        MiBeaconObjects(opened[...]).tell(&report.facts, of: MiBeaconProduct(frame.product), withEvents: true)
        return .proven
    }

    /// Before version 4 nothing is proven: without a MIC any bytes become some text, so what makes no sense is not taken for the device's, and
    /// what does is believed no more than if it were plain.
    private static func openLegacy(
        _ frame: MiBeaconFrame, _ report: inout BluetoothReport
    ) throws(DecodeFailure) -> BluetoothReport.Reading {
        let key = try report.key(for: "MiBeacon")
        // A byte whose meaning nobody found out is the last.
        guard frame.body.count > 4 else { throw DecodeFailure(.malformed, "MiBeacon is too short to be encrypted") }
        let upper = frame.body.suffix(4).prefix(3)
        let nonce = Array(frame.head + upper + report.address.bytes.reversed().dropLast())
        let bytes = key.bytes.count == 12 ? key.bytes.prefix(6) + legacyFiller + key.bytes.suffix(6) : key.bytes[...]
        guard let opened = AESCCM.openUnproven(frame.body.dropLast(4), key: Array(bytes), nonce: nonce),
            case let objects = MiBeaconObjects(opened[...]), objects.isWhole
        else {
            throw DecodeFailure(
                .undecryptable, "what the key of \(report.address) makes of its MiBeacon makes no sense: is it the right one?")
        }
        guard try report.count(number(frame, upper), under: key, as: BluetoothReport.mibeaconCounter) else { return .repeated }
        objects.tell(&report.facts, of: MiBeaconProduct(frame.product), withEvents: true)
        return .opened
    }

    /// The number of the frame is the lowest byte of the counter.
    private static func number(_ frame: MiBeaconFrame, _ upper: ArraySlice<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: upper.littleEndian) << 8 | UInt32(frame.number)
    }
}
