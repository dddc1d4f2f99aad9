/// A GATT server that keeps the specification's rules, made of bytes alone: it shares no table with the client.
// Source: Bluetooth Core Specification 5.4, volume 3, part F, section 3.4; part G, section 3.
public struct Peripheral: Sendable {
    private struct Attribute: Sendable {
        var type: [UInt8]
        var value: [UInt8]
        var isReadable = true
        var isWritable = false
        var needsPairing = false
        /// Services: the last handle of the group.
        var end: UInt16 = 0
    }

    /// Handle n stands at n - 1.
    private var attributes: [Attribute] = []
    private var lastService: Int?
    private var mtu = 23
    private let longestMTU: UInt16?
    /// Every PDU that it got.
    public private(set) var heard: [[UInt8]] = []

    /// - Parameter mtu: nil refuses the exchange.
    public init(mtu: UInt16? = 185) { longestMTU = mtu }

    /// - Parameter uuid: as it goes over the air, 2 or 16 bytes.
    public mutating func addService(_ uuid: [UInt8]) {
        attributes.append(Attribute(type: [0x00, 0x28], value: uuid, end: UInt16(attributes.count + 1)))
        lastService = attributes.count - 1
    }

    /// Adds a characteristic to the last service; returns the handle of its value.
    ///
    /// - Parameters:
    ///   - properties: 0x02 read, 0x10 notify, 0x20 indicate; the last two bring a configuration descriptor.
    ///   - descriptors: types of descriptors that stand before it.
    @discardableResult
    public mutating func addCharacteristic(
        _ uuid: [UInt8], properties: UInt8, value: [UInt8] = [], needsPairing: Bool = false, descriptors: [UInt16] = []
    ) -> UInt16 {
        let handle = UInt16(attributes.count + 2)
        attributes.append(Attribute(type: [0x03, 0x28], value: [properties] + Self.wire(handle) + uuid))
        attributes.append(
            Attribute(type: uuid, value: value, isReadable: properties & 0x02 != 0, needsPairing: needsPairing))
        for type in descriptors { attributes.append(Attribute(type: Self.wire(type), value: [])) }
        if properties & 0x30 != 0 {
            attributes.append(Attribute(type: [0x02, 0x29], value: [0, 0], isWritable: true, needsPairing: needsPairing))
        }
        if let lastService { attributes[lastService].end = UInt16(attributes.count) }
        return handle
    }

    /// What was written to the configuration descriptor behind a value; nil where there is none.
    public func configuration(of handle: UInt16) -> [UInt8]? {
        attributes.dropFirst(Int(handle)).first { $0.type == [0x02, 0x29] || $0.type == [0x03, 0x28] }
            .flatMap { $0.type == [0x02, 0x29] ? $0.value : nil }
    }

    /// The answer to a request; nil to what gets none.
    public mutating func answer(_ pdu: [UInt8]) -> [UInt8]? {
        heard.append(pdu)
        guard let opcode = pdu.first else { return nil }
        let number = { (place: Int) in pdu.count >= place + 2 ? UInt16(pdu[place]) | UInt16(pdu[place + 1]) << 8 : 0 }
        switch (opcode, pdu.count) {
        case (0x02, 3):
            guard let longestMTU else { return refuse(opcode, 0, 0x06) }
            mtu = Int(max(23, min(longestMTU, number(1))))
            return [0x03] + Self.wire(longestMTU)
        case (0x04, 5): return list(opcode, from: number(1), to: number(3), type: nil)
        case (0x08, 7), (0x10, 7): return list(opcode, from: number(1), to: number(3), type: Array(pdu[5...]))
        case (0x0A, 3): return read(opcode, number(1), from: 0)
        case (0x0C, 5): return read(opcode, number(1), from: Int(number(3)))
        case (0x12, 3...): return write(number(1), Array(pdu[3...]))
        case (0x01, _), (0x1E, _): return nil
        default: return refuse(opcode, 0, 0x06)
        }
    }

    private func list(_ opcode: UInt8, from first: UInt16, to last: UInt16, type: [UInt8]?) -> [UInt8] {
        guard first > 0, first <= last else { return refuse(opcode, first, 0x01) }
        if opcode == 0x10, type != [0x00, 0x28] { return refuse(opcode, first, 0x10) }
        var records: [[UInt8]] = []
        for (index, attribute) in attributes.enumerated() where UInt16(index + 1) >= first && UInt16(index + 1) <= last {
            if let type, attribute.type != type { continue }
            let handle = Self.wire(UInt16(index + 1))
            let record =
                switch opcode {
                case 0x04: handle + attribute.type
                case 0x08: handle + attribute.value
                default: handle + Self.wire(attribute.end) + attribute.value
                }
            // All of an answer have one length.
            guard records.isEmpty || records[0].count == record.count, 2 + (records.count + 1) * record.count <= mtu else { break }
            records.append(record)
        }
        guard let length = records.first?.count else { return refuse(opcode, first, 0x0A) }
        return [opcode + 1, opcode == 0x04 ? (length == 4 ? 1 : 2) : UInt8(length)] + records.joined()
    }

    private func read(_ opcode: UInt8, _ handle: UInt16, from offset: Int) -> [UInt8] {
        guard handle > 0, handle <= attributes.count else { return refuse(opcode, handle, 0x01) }
        let attribute = attributes[Int(handle) - 1]
        guard attribute.isReadable else { return refuse(opcode, handle, 0x02) }
        guard !attribute.needsPairing else { return refuse(opcode, handle, 0x05) }
        guard offset <= attribute.value.count else { return refuse(opcode, handle, 0x07) }
        return [opcode + 1] + attribute.value.dropFirst(offset).prefix(mtu - 1)
    }

    private mutating func write(_ handle: UInt16, _ value: [UInt8]) -> [UInt8] {
        guard handle > 0, handle <= attributes.count else { return refuse(0x12, handle, 0x01) }
        guard attributes[Int(handle) - 1].isWritable else { return refuse(0x12, handle, 0x03) }
        guard !attributes[Int(handle) - 1].needsPairing else { return refuse(0x12, handle, 0x0F) }
        guard value.count == 2 else { return refuse(0x12, handle, 0x0D) }
        attributes[Int(handle) - 1].value = value
        return [0x13]
    }

    private func refuse(_ request: UInt8, _ handle: UInt16, _ code: UInt8) -> [UInt8] { [0x01, request] + Self.wire(handle) + [code] }

    private static func wire(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
}
