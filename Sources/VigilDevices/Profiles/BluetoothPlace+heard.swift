import VigilCore

extension BluetoothPlace {
    /// The bytes that an advertisement has there, those of each structure apart. A beacon has none besides its ids.
    func bytes(in data: AdvertisingData) -> [ArraySlice<UInt8>] {
        switch self {
        case .manufacturer(let company): return data.manufacturerData(company)
        case .service(let service): return data.everyServiceData(service)
        case .beacon(let uuid, let major, let minor):
            guard let beacon = BeaconID(data), beacon.uuid == uuid, major.map({ $0 == beacon.major }) ?? true,
                minor.map({ $0 == beacon.minor }) ?? true
            else { return [] }
            return [[]]
        case .characteristic: return []
        }
    }

    /// Whether it is the value of this characteristic, whose UUID is as a topic has it.
    func isValue(of characteristic: String) -> Bool {
        if case .characteristic(let uuid, _) = self { uuid == BluetoothUUID(characteristic) } else { false }
    }
}
