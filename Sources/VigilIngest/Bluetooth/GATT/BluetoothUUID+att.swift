import VigilCore

extension BluetoothUUID {
    /// - Parameter bytes: 2 or 16, the lowest first; nil for another number.
    // Source: Bluetooth Core Specification 5.4, volume 3, part F, section 3.2.1: ATT has none of 32 bits.
    init?(att bytes: ArraySlice<UInt8>) {
        guard bytes.count != 4 else { return nil }
        self.init(overTheAir: bytes)
    }
}
