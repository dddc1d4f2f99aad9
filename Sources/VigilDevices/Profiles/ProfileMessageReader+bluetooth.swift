import VigilCore

extension ProfileMessageReader {
    /// `bluetooth: {manufacturer: "0157"}`, in place of a topic: where the bytes stand that the message reads.
    mutating func readBluetooth() -> Profile.Bluetooth? {
        guard reader.setting("bluetooth") != nil, var inner = reader.reader("bluetooth") else { return nil }
        let places = [readCompany(&inner), readService(&inner), readBeacon(&inner)]
        let length = inner.integer("length", in: 0...1650) ?? 0
        let keys = ["manufacturer", "service", "characteristic", "beacon"].filter { inner.setting($0) != nil }
        let isWhole = keys.count == 1 || keys == ["service", "characteristic"]
        if !isWhole {
            let message =
                "write one of manufacturer: \"0157\", service: fcd2, beacon: the UUID, or service: and characteristic: with their UUIDs"
            inner.miss(keys.isEmpty ? ["manufacturer", "service", "characteristic", "beacon"] : [], message)
        }
        inner.finish()
        guard isWhole else { return nil }
        for key in ["topic", "format", "split", "each", "device", "time"] where reader.setting(key) != nil {
            reader.fault(at: reader.mark(of: key), key: key, "belongs to a topic; whoever is heard over Bluetooth is the device")
        }
        return places.compactMap { $0 }.first.map { Profile.Bluetooth(place: $0, length: length) }
    }

    private func readCompany(_ inner: inout SettingsReader) -> BluetoothPlace? {
        guard let text = inner.line("manufacturer") else { return nil }
        if text.utf8.count == 4, let company = UInt16(text, radix: 16) { return .manufacturer(company) }
        let message = "\(SettingFault.quoted(text)) is no company; write its number in four hexadecimal digits, such as \"0157\""
        inner.fault(at: inner.mark(of: "manufacturer"), key: "manufacturer", message)
        return nil
    }

    /// The data of a service that is advertised, or a characteristic of one that a device is connected to for.
    private func readService(_ inner: inout SettingsReader) -> BluetoothPlace? {
        let service = uuid("service", &inner)
        guard inner.setting("characteristic") != nil else { return service.map { .service($0) } }
        guard let characteristic = uuid("characteristic", &inner) else { return nil }
        if inner.setting("service") == nil, !GATTValue.isListenedTo(characteristic) {
            let message = "nobody would connect for it; write service: beside it, the UUID of the GATT service that it stands in"
            inner.fault(at: inner.mark(of: "characteristic"), key: "characteristic", message)
        }
        return .characteristic(characteristic, of: service)
    }

    private func readBeacon(_ inner: inout SettingsReader) -> BluetoothPlace? {
        let major = inner.integer("major", in: 0...65535).map { UInt16($0) }
        let minor = inner.integer("minor", in: 0...65535).map { UInt16($0) }
        return uuid("beacon", &inner).map { .beacon($0, major: major, minor: minor) }
    }

    private func uuid(_ key: String, _ inner: inout SettingsReader) -> BluetoothUUID? {
        guard let text = inner.line(key) else { return nil }
        if let uuid = BluetoothUUID(text) { return uuid }
        inner.fault(
            at: inner.mark(of: key), key: key,
            "\(SettingFault.quoted(text)) is no UUID; write fcd2, or the whole such as e2c56db5-dffb-48d2-b060-d0f5a71096e0")
        return nil
    }
}
