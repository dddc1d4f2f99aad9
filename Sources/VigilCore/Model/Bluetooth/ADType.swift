/// What an AD structure holds, as far as anybody here reads it; the number at the end of a name is the bits of its UUIDs.
// Source: Bluetooth SIG Assigned Numbers, section 2.3; Supplement to the Bluetooth Core Specification, part A.
public enum ADType: UInt8, Sendable {
    case flags = 0x01
    /// Services that the device has: some of them, or all.
    case someServices16 = 0x02
    case allServices16 = 0x03
    case someServices32 = 0x04
    case allServices32 = 0x05
    case someServices128 = 0x06
    case allServices128 = 0x07
    case shortName = 0x08
    case name = 0x09
    /// Begins with the service's UUID.
    case serviceData16 = 0x16
    case appearance = 0x19
    case serviceData32 = 0x20
    case serviceData128 = 0x21
    /// Begins with the company's number.
    case manufacturerData = 0xFF
}
