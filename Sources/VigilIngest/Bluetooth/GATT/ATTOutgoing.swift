/// An ATT PDU that a client sends.
///
/// Services are asked for by group (Read By Group Type) and picked here: a device has six to eight, three fit an answer of the smallest MTU,
/// so that takes fewer round trips than asking for each wanted one (Find By Type Value).
// Source: Bluetooth Core Specification 5.4, volume 3, part F, sections 3.4.1 to 3.4.7.
enum ATTOutgoing: Hashable, Sendable {
    case errorResponse(request: UInt8, ATTError)
    case exchangeMTU(UInt16)
    case findInformation(first: UInt16, last: UInt16)
    case readByType(first: UInt16, last: UInt16, type: UInt16)
    case readByGroupType(first: UInt16, last: UInt16, type: UInt16)
    case read(UInt16)
    case readBlob(UInt16, offset: UInt16)
    case write(UInt16, [UInt8])
    case confirmation

    var bytes: [UInt8] {
        switch self {
        case .errorResponse(let request, let error): Self.pdu(.errorResponse, [request, 0, 0, error.rawValue])
        case .exchangeMTU(let mtu): Self.pdu(.exchangeMTURequest, Self.wire(mtu))
        case .findInformation(let first, let last): Self.pdu(.findInformationRequest, Self.wire(first, last))
        case .readByType(let first, let last, let type): Self.pdu(.readByTypeRequest, Self.wire(first, last, type))
        case .readByGroupType(let first, let last, let type): Self.pdu(.readByGroupTypeRequest, Self.wire(first, last, type))
        case .read(let handle): Self.pdu(.readRequest, Self.wire(handle))
        case .readBlob(let handle, let offset): Self.pdu(.readBlobRequest, Self.wire(handle, offset))
        case .write(let handle, let value): Self.pdu(.writeRequest, Self.wire(handle) + value)
        case .confirmation: Self.pdu(.confirmation, [])
        }
    }

    private static func pdu(_ opcode: ATTOpcode, _ parameters: [UInt8]) -> [UInt8] { [opcode.rawValue] + parameters }

    private static func wire(_ numbers: UInt16...) -> [UInt8] {
        numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
}
