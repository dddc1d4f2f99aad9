/// A controller's error code, for people.
// Source: Bluetooth Core Specification 5.4, volume 1, part F.
struct HCIStatus: RawRepresentable, Hashable, CustomStringConvertible {
    let rawValue: UInt8

    static let success = HCIStatus(rawValue: 0x00)
    static let unknownConnection = HCIStatus(rawValue: 0x02)
    static let connectionTimeout = HCIStatus(rawValue: 0x08)
    static let commandDisallowed = HCIStatus(rawValue: 0x0C)
    static let remoteUserTerminated = HCIStatus(rawValue: 0x13)

    var description: String {
        switch rawValue {
        case 0x01: "it does not know this command"
        case 0x02: "there is no such connection"
        case 0x03: "it reports broken hardware"
        case 0x05: "the device wants to be paired first"
        case 0x07: "it has no memory left"
        case 0x08: "the device fell silent: out of reach, or its battery is empty"
        case 0x09: "it has no connection left"
        case 0x0B: "there is a connection already"
        case 0x0C: "it does not allow this now"
        case 0x0D: "it has no resources left"
        case 0x11: "it does not support this"
        case 0x12: "it does not accept the parameters"
        case 0x13: "the device closed it"
        case 0x14: "the device closed it, it has no resources left"
        case 0x15: "the device closed it, it switches itself off"
        case 0x16: "closed by us"
        case 0x1A: "the device does not support this"
        case 0x22: "the device does not answer"
        case 0x3B: "the device does not accept the connection's parameters"
        case 0x3D: "what came was falsified or damaged"
        case 0x3E: "the device did not answer in time"
        default: "error 0x\(String(rawValue, radix: 16))"
        }
    }
}
