extension DecoderRegistry {
    /// What a Bluetooth receiver has to listen for.
    public var bluetoothSigns: BluetoothSigns {
        entries.lazy.compactMap { ($0.decoder as? BluetoothDecoder)?.signs }.first ?? .builtIn
    }
}
