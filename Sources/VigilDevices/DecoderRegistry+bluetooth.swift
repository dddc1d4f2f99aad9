public import VigilCore

extension DecoderRegistry {
    /// What a Bluetooth receiver has to listen for.
    public var bluetoothSigns: BluetoothSigns {
        entries.lazy.compactMap { ($0.decoder as? BluetoothDecoder)?.signs }.first ?? .builtIn
    }
}

extension [Profile] {
    /// What a device is connected to for that the registry ties to a profile; nil for a profile that is not among them.
    public func services(of profile: Dialect) -> [BluetoothService]? { last { $0.names.contains(profile) }?.services }
}
