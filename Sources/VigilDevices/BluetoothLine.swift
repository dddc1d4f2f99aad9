import VigilCore

/// What a Bluetooth receiver would have heard, as a line of `vigil decode` writes it: `{"ble": {...}}`.
struct BluetoothLine: Decodable {
    /// Without it only an event of the host interface says who spoke.
    private var address: String?
    /// Of a random address; otherwise it is a public one.
    private var random: Bool?
    /// By services, in hexadecimal digits.
    private var service_data: [String: String]?
    /// By companies, in hexadecimal digits: `004c` is 0x004C.
    private var manufacturer_data: [String: String]?
    /// An LE advertising report, legacy or extended, in place of these.
    private var hci_event: String?
    /// A characteristic and its value, in place of an advertisement.
    private var characteristic: String?
    private var value: String?
    private var bindkey: String?

    private static let longestStructure = 254

    /// The frame that a receiver would make of it.
    func frame() throws(DecodeLine.Refusal) -> (topic: String, payload: [UInt8]) {
        if let characteristic { return try valueFrame(characteristic) }
        let heard = try report()
        return (BluetoothFrame.advertisement(heard.address).topic, heard.advertisement.payload)
    }

    /// The key that is tried, whoever's it is.
    func key() throws(DecodeLine.Refusal) -> BluetoothKey? {
        guard let bindkey else { return nil }
        guard let key = BluetoothKey(hex: bindkey) else {
            throw DecodeLine.Refusal("\"bindkey\" is not 32 hexadecimal digits (24 for MiBeacon before version 4)")
        }
        return key
    }

    private func valueFrame(_ characteristic: String) throws(DecodeLine.Refusal) -> (topic: String, payload: [UInt8]) {
        guard let uuid = BluetoothUUID(characteristic) else {
            throw DecodeLine.Refusal("\"characteristic\" is no UUID; write 2a37, or the whole with its dashes")
        }
        let value = try Self.bytes(value ?? "", "value")
        guard !value.isEmpty else { throw DecodeLine.Refusal("\"value\" is empty: the characteristic says nothing") }
        return (BluetoothFrame.value(try stated(), characteristic: uuid.description).topic, value)
    }

    private func report() throws(DecodeLine.Refusal) -> (address: BluetoothAddress, advertisement: Advertisement) {
        if let hci_event {
            guard let report = AdvertisingReport(event: try Self.bytes(hci_event, "hci_event")) else {
                throw DecodeLine.Refusal("\"hci_event\" is no LE advertising report")
            }
            return (report.address, report.advertisement)
        }
        var data: [UInt8] = []
        for (service, digits) in (service_data ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let uuid = BluetoothUUID(service) else {
                throw DecodeLine.Refusal("\"service_data\" names no UUID; write fcd2, or the whole with its dashes")
            }
            data += try Self.structure(uuid.overTheAir.type, uuid.overTheAir.bytes + Self.bytes(digits, "service_data"))
        }
        for (company, digits) in (manufacturer_data ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard company.utf8.count <= 4, let number = UInt16(company, radix: 16) else {
                throw DecodeLine.Refusal("\"manufacturer_data\" names no company; write its number in hexadecimal digits, such as 004c")
            }
            let head = [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
            data += try Self.structure(.manufacturerData, head + Self.bytes(digits, "manufacturer_data"))
        }
        return (try stated(), Advertisement(properties: random == true ? .isRandomAddress : [], data: data))
    }

    private func stated() throws(DecodeLine.Refusal) -> BluetoothAddress {
        guard let address = address.flatMap({ BluetoothAddress($0) }) else {
            throw DecodeLine.Refusal("\"address\" is no Bluetooth address; write A4:C1:38:8D:18:B2")
        }
        return address
    }

    private static func structure(_ type: ADType, _ bytes: [UInt8]) throws(DecodeLine.Refusal) -> [UInt8] {
        guard bytes.count <= longestStructure else {
            throw DecodeLine.Refusal("an advertisement holds no more than \(longestStructure) bytes of one kind")
        }
        return [UInt8(bytes.count + 1), type.rawValue] + bytes
    }

    private static func bytes(_ digits: String, _ name: String) throws(DecodeLine.Refusal) -> [UInt8] {
        guard let bytes = HexText.bytes(digits) else { throw DecodeLine.Refusal("\"\(name)\" is no hex") }
        return bytes
    }
}

extension BluetoothUUID {
    /// The type of an AD structure with data of this service, and how the service is written in it.
    // Source: Supplement to the Bluetooth Core Specification, part A, section 1.11.
    fileprivate var overTheAir: (type: ADType, bytes: [UInt8]) {
        guard let assigned else { return (.serviceData128, (0..<16).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt128($0))) }) }
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: assigned >> (8 * UInt32($0))) }
        return assigned <= UInt16.max ? (.serviceData16, Array(bytes.prefix(2))) : (.serviceData32, bytes)
    }
}
