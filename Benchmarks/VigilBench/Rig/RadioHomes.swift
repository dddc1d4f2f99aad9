import VigilCore

/// Homes whose sensors are heard over Bluetooth, and what these say: BTHome version 2 without a key.
// Source: https://bthome.io/format/
enum RadioHomes {
    /// A community whose devices all speak Bluetooth.
    static func registry(devices count: Int, hookPort: Int = 0) -> Registry {
        var registry = Community(devices: count, hookPort: hookPort).registry
        for index in registry.devices.indices {
            registry.devices[index].address = deviceAddress(of: index)
        }
        return registry
    }

    static func deviceAddress(of index: Int) -> DeviceAddress {
        DeviceAddress(dialect: "ble", name: BluetoothAddress(bits: address(of: index)).description)
    }

    static func address(of index: Int) -> UInt64 { 0xA4C1_3800_0000 | UInt64(index) }

    /// A temperature, another one with each number, so that none is a repeat.
    static func climate(_ number: Int) -> [UInt8] {
        advertisement([0x40, 0x00, UInt8(truncatingIfNeeded: number), 0x02, UInt8(truncatingIfNeeded: number >> 8), 0x08])
    }

    /// A press of the only button. A device that sends a press several times gives it the same number.
    static func press(_ number: Int) -> [UInt8] { advertisement([0x44, 0x00, UInt8(truncatingIfNeeded: number), 0x3A, 0x01]) }

    private static func advertisement(_ service: [UInt8]) -> [UInt8] {
        [0x02, 0x01, 0x06, UInt8(service.count + 3), 0x16, 0xD2, 0xFC] + service
    }
}
