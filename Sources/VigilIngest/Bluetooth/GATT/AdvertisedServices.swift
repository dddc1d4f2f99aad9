/// The services that an advertisement names.
// Source: Bluetooth Core Specification 5.4, volume 3, part C, section 11; Supplement to the Core Specification, part A, section 1.1.
enum AdvertisedServices {
    // Incomplete and complete lists of 16-bit UUIDs. What measures has short ones; a vendor's services stand in its profile.
    private static let lists: Set<UInt8> = [0x02, 0x03]

    /// The best reason to connect among them; nil where none of them measures.
    ///
    /// - Parameter data: AD structures; one that lies about its length ends them.
    static func purpose(in data: [UInt8]) -> WantedService.Purpose? {
        var purposes: [WantedService.Purpose] = []
        var reader = ByteReader(data[...])
        while let length = reader.byte(), length > 0, let structure = reader.take(Int(length)) {
            var list = ByteReader(structure)
            guard let type = list.byte(), lists.contains(type) else { continue }
            while let uuid = list.word() {
                if let service = WantedService.standard.first(where: { $0.uuid == BluetoothUUID(uuid) }) {
                    purposes.append(service.purpose)
                }
            }
        }
        return purposes.contains(.occasion) ? .occasion : purposes.contains(.stream) ? .stream : nil
    }
}
