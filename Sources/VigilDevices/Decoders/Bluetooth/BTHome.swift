import VigilCore

/// BTHome version 2: service data of 0xFCD2, plain or encrypted.
// Source: https://bthome.io/format/, https://bthome.io/encryption/; Bluetooth-Devices/bthome-ble src/bthome_ble/parser.py.
enum BTHome: AdvertisementFormat {
    static let service = BluetoothUUID(0xFCD2)
    private static let version: UInt8 = 2
    /// A counter and a MIC follow what is encrypted.
    private static let tailLength = 8

    /// The first byte. Whether the device sends only when something happens (bit 2) is what the registry says of its silence.
    private struct Information {
        let byte: UInt8

        var isEncrypted: Bool { byte & 1 << 0 != 0 }
        var hasAddress: Bool { byte & 1 << 1 != 0 }
        var version: UInt8 { byte >> 5 }
    }

    static func statedAddress(in data: AdvertisingData) -> BluetoothAddress? {
        parts(of: data).lazy.compactMap { part -> BluetoothAddress? in
            guard let bytes = part.serviceData(service), let first = bytes.first else { return nil }
            let information = Information(byte: first)
            guard information.version == version, information.hasAddress else { return nil }
            return BluetoothAddress(overTheAir: bytes.dropFirst().prefix(6))
        }.first
    }

    static func parts(of data: AdvertisingData) -> [AdvertisingData] { data.apart(service) }

    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading? {
        guard let bytes = data.serviceData(service) else { return nil }
        var reader = ByteReader(bytes)
        guard let information = reader.byte().map({ Information(byte: $0) }) else {
            throw DecodeFailure(.malformed, "BTHome without a byte")
        }
        guard information.version == version else {
            throw DecodeFailure(.unknownShape, "BTHome of version \(information.version), where 2 is understood")
        }
        if information.hasAddress, !reader.skip(6) { throw DecodeFailure(.malformed, "BTHome ends within its address") }
        guard information.isEncrypted else {
            try report.requireNoKey(for: "BTHome")
            let objects = BTHomeObjects(reader.rest)
            let isHeard = objects.packet.map { report.isHeard($0, bytes, as: "bthome-packet") } ?? false
            objects.tell(&report.facts, withEvents: !isHeard)
            return .plain
        }
        return try open(reader.rest, information, &report)
    }

    /// The MIC first: a counter that nothing proves must not move the one that is kept.
    private static func open(
        _ body: ArraySlice<UInt8>, _ information: Information, _ report: inout BluetoothReport
    ) throws(DecodeFailure) -> BluetoothReport.Reading {
        let key = try report.key(for: "BTHome")
        guard key.bytes.count == 16 else {
            throw DecodeFailure(.undecryptable, "the key of \(report.address) has 24 digits, and BTHome takes 32")
        }
        guard body.count > tailLength else { throw DecodeFailure(.malformed, "BTHome is too short to be encrypted") }
        let counter = body.suffix(tailLength).prefix(4)
        let nonce = report.address.bytes + [0xD2, 0xFC, information.byte] + counter
        guard
            let opened = AESCCM.open(
                body.dropLast(tailLength), mic: body.suffix(AESCCM.micLength), key: key.bytes, nonce: nonce)
        else {
            throw DecodeFailure(
                .undecryptable, "the key of \(report.address) does not open its BTHome: it is the wrong one, or it was not the device")
        }
        guard try report.count(UInt32(truncatingIfNeeded: counter.littleEndian), under: key, as: BluetoothReport.bthomeCounter) else {
            return .repeated
        }
        BTHomeObjects(opened[...]).tell(&report.facts, withEvents: true)
        return .proven
    }
}
