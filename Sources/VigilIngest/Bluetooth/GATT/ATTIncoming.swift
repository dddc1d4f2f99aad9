import VigilCore

/// An ATT PDU that a client receives, its lengths checked and nothing else: what handles claim is judged by whoever asked.
// Source: Bluetooth Core Specification 5.4, volume 3, part F, sections 3.3.1 and 3.4.1 to 3.4.7.
enum ATTIncoming: Hashable, Sendable {
    struct Service: Hashable, Sendable {
        let first: UInt16
        let last: UInt16
        let uuid: BluetoothUUID
    }

    struct Attribute: Hashable, Sendable {
        let handle: UInt16
        let value: [UInt8]
    }

    struct Descriptor: Hashable, Sendable {
        let handle: UInt16
        let type: BluetoothUUID
    }

    case error(request: UInt8, ATTError)
    case mtu(UInt16)
    case descriptors([Descriptor])
    case attributes([Attribute])
    case services([Service])
    case value([UInt8])
    case part([UInt8])
    case written
    case notification(handle: UInt16, [UInt8])
    case indication(handle: UInt16, [UInt8])
    /// What only a server can answer; by its opcode.
    case request(UInt8)
    /// A command, a confirmation, or an answer to what this client never asks.
    case ignorable
    case malformed

    init(_ pdu: [UInt8]) {
        guard let first = pdu.first else {
            self = .malformed
            return
        }
        guard let opcode = ATTOpcode(rawValue: first) else {
            self = first & ATTOpcode.commandFlag != 0 ? .ignorable : .request(first)
            return
        }
        self = Self.read(opcode, pdu.dropFirst()) ?? .malformed
    }

    private static func read(_ opcode: ATTOpcode, _ body: ArraySlice<UInt8>) -> ATTIncoming? {
        var reader = ByteReader(body)
        switch opcode {
        case .errorResponse:
            guard let request = reader.byte(), reader.skip(2), let code = reader.byte(), reader.isAtEnd else { return nil }
            return .error(request: request, ATTError(rawValue: code))
        case .exchangeMTUResponse:
            guard let mtu = reader.word(), reader.isAtEnd else { return nil }
            return .mtu(mtu)
        case .findInformationResponse: return descriptors(&reader).map { .descriptors($0) }
        case .readByTypeResponse: return attributes(&reader).map { .attributes($0) }
        case .readByGroupTypeResponse: return services(&reader).map { .services($0) }
        case .readResponse: return .value(Array(body))
        case .readBlobResponse: return .part(Array(body))
        case .writeResponse: return body.isEmpty ? .written : nil
        case .notification: return reader.word().map { .notification(handle: $0, Array(reader.rest)) }
        case .indication: return reader.word().map { .indication(handle: $0, Array(reader.rest)) }
        case .exchangeMTURequest, .findInformationRequest, .readByTypeRequest, .readRequest, .readBlobRequest, .readByGroupTypeRequest,
            .writeRequest:
            return .request(opcode.rawValue)
        case .findByTypeValueResponse, .readMultipleResponse, .prepareWriteResponse, .executeWriteResponse, .confirmation,
            .readMultipleVariableResponse, .multipleNotification:
            return .ignorable
        }
    }

    /// Section 3.4.3.2: a format, then handles with 2 bytes (1) or 16 (2) each.
    private static func descriptors(_ reader: inout ByteReader) -> [Descriptor]? {
        let sizes: [UInt8: Int] = [1: 2, 2: 16]
        guard let size = reader.byte().flatMap({ sizes[$0] }) else { return nil }
        return records(&reader) { reader in
            guard let handle = reader.word(), let bytes = reader.take(size), let type = BluetoothUUID(att: bytes) else { return nil }
            return Descriptor(handle: handle, type: type)
        }
    }

    /// Section 3.4.4.2: the length of each, then handles with values.
    private static func attributes(_ reader: inout ByteReader) -> [Attribute]? {
        guard let size = reader.byte() else { return nil }
        return records(&reader) { reader in
            guard let handle = reader.word(), let value = reader.take(Int(size) - 2) else { return nil }
            return Attribute(handle: handle, value: Array(value))
        }
    }

    /// Section 3.4.4.10: the length of each, then first handle, last handle, and the service's UUID.
    private static func services(_ reader: inout ByteReader) -> [Service]? {
        guard let size = reader.byte() else { return nil }
        return records(&reader) { reader in
            guard let first = reader.word(), let last = reader.word(), let bytes = reader.take(Int(size) - 4),
                let uuid = BluetoothUUID(att: bytes)
            else { return nil }
            return Service(first: first, last: last, uuid: uuid)
        }
    }

    /// At least one, and nothing left over.
    private static func records<Record>(_ reader: inout ByteReader, _ read: (inout ByteReader) -> Record?) -> [Record]? {
        var records: [Record] = []
        repeat {
            guard let record = read(&reader) else { return nil }
            records.append(record)
        } while !reader.isAtEnd
        return records
    }
}
