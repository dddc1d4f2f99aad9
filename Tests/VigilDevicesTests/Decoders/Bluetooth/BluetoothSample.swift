import VigilCore

@testable import VigilDevices

/// Frames as a receiver gives them, from the hexadecimal digits of what was sent.
enum BluetoothSample {
    static let address = "A4:C1:38:8D:18:B2"

    /// Service data of a 16-bit UUID, as one advertisement.
    static func service(
        _ uuid: String, _ digits: String, from address: String = address, properties: Advertisement.Properties = []
    ) -> Frame {
        let bytes = hex(uuid).reversed() + hex(digits)
        return advertisement([UInt8(bytes.count + 1), 0x16] + bytes, from: address, properties: properties)
    }

    static func manufacturer(_ company: String, _ digits: String, from address: String = address) -> Frame {
        let bytes = hex(company).reversed() + hex(digits)
        return advertisement([UInt8(bytes.count + 1), 0xFF] + bytes, from: address)
    }

    static func advertisement(
        _ data: [UInt8], from address: String = address, properties: Advertisement.Properties = []
    ) -> Frame {
        let topic = "ble/\(address)/advertisement"
        return Frame(source: "ble", origin: .mqtt(topic: topic), payload: Advertisement(properties: properties, data: data).payload)
    }

    static func value(_ characteristic: String, _ digits: String, from address: String = address) -> Frame {
        Frame(source: "ble", origin: .mqtt(topic: "ble/\(address)/\(characteristic)"), payload: hex(digits))
    }

    static func keys(_ digits: String, of address: String = address) -> BluetoothKeys {
        guard let address = BluetoothAddress(address), let key = BluetoothKey(hex: digits) else { return BluetoothKeys() }
        return BluetoothKeys([address: key])
    }

    static func hex(_ digits: String) -> [UInt8] { HexText.bytes(digits) ?? [] }
}

extension BluetoothDecoder {
    /// Decodes with no memory of earlier frames.
    func decode(_ frame: Frame) throws -> Decoded {
        var state = DialectState()
        return try decode(frame, state: &state)
    }
}
