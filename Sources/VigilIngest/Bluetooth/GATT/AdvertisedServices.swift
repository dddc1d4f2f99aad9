import VigilCore

/// The services that an advertisement names.
enum AdvertisedServices {
    /// The best reason to connect among them; nil where none of them measures.
    ///
    /// - Parameter data: AD structures.
    static func purpose(in data: [UInt8]) -> WantedService.Purpose? {
        var purposes: [WantedService.Purpose] = []
        for structure in ADStructures(data[...]) {
            // What measures has short ones; a vendor's services stand in its profile.
            guard structure.type == .someServices16 || structure.type == .allServices16 else { continue }
            var reader = ByteReader(structure.data)
            while let number = reader.word() {
                let uuid = BluetoothUUID(UInt32(number))
                if let service = WantedService.standard.first(where: { $0.uuid == uuid }) { purposes.append(service.purpose) }
            }
        }
        return purposes.contains(.occasion) ? .occasion : purposes.contains(.stream) ? .stream : nil
    }
}
