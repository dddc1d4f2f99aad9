import VigilCore

extension Explainer {
    /// The structures of an advertisement in their order, each with what is left without it; nil for any other payload.
    func advertisedStructures() -> [(path: String, value: String, rest: [UInt8])]? {
        guard case .advertisement? = BluetoothFrame(topic: frame.topic), let advertisement = Advertisement(payload: frame.payload)
        else {
            return nil
        }
        let head = Array(frame.payload.dropLast(advertisement.data.count))
        return AdvertisingData(advertisement.data[...]).structures.prefix(Self.partLimit).map { structure in
            let data = advertisement.data
            let (path, value) = structure.content.description
            let shown = value.count > Self.longestValue ? "\(value.prefix(Self.longestValue))…" : value
            return (path, shown, head + data[..<structure.range.lowerBound] + data[structure.range.upperBound...])
        }
    }
}

extension AdvertisingData.Structure.Content {
    /// What it is called, as the lines of `vigil decode` call it, and its value.
    fileprivate var description: (path: String, value: String) {
        switch self {
        case .flags(let flags): ("flags", HexText.text([flags]))
        case .services(let services): ("services", services.map(\.description).joined(separator: " "))
        case .name(let name): ("name", name)
        case .appearance(let appearance): ("appearance", HexText.digits(UInt64(appearance), count: 4))
        case .serviceData(let service, let bytes): ("service_data.\(service)", HexText.text(bytes))
        case .manufacturerData(let company, let bytes):
            ("manufacturer_data.\(HexText.digits(UInt64(company), count: 4))", HexText.text(bytes))
        case .other(let type, let bytes): ("ad.\(HexText.text([type]))", HexText.text(bytes))
        }
    }
}
