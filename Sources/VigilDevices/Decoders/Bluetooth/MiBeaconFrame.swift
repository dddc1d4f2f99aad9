import VigilCore

/// The head of a MiBeacon, and what follows it.
struct MiBeaconFrame {
    /// Control bits, product and number.
    let head: ArraySlice<UInt8>
    let control: UInt16
    let product: UInt16
    /// Counts its messages; the lowest byte of the counter where it has a longer one.
    let number: UInt8
    /// Whom it says to be from.
    let stated: BluetoothAddress?
    /// Its objects, as they came.
    let body: ArraySlice<UInt8>

    var isEncrypted: Bool { control & 1 << 3 != 0 }
    var hasObject: Bool { control & 1 << 6 != 0 }
    var isMesh: Bool { control & 1 << 7 != 0 }
    var version: UInt16 { control >> 12 }

    /// Nil where it is cut off.
    init?(_ bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        guard let head = reader.take(5) else { return nil }
        self.head = Array(head)[...]
        control = UInt16(truncatingIfNeeded: head.prefix(2).littleEndian)
        product = UInt16(truncatingIfNeeded: head.dropFirst(2).prefix(2).littleEndian)
        guard let number = head.last else { return nil }
        self.number = number
        if control & 1 << 4 != 0 {
            guard let address = reader.address() else { return nil }
            stated = address
        } else {
            stated = nil
        }
        // What the device can do; with bit 5 another byte says how it is operated.
        if control & 1 << 5 != 0 {
            guard let capability = reader.byte(), capability & 1 << 5 == 0 || reader.byte() != nil else { return nil }
        }
        body = reader.rest
    }
}
