import VigilCore

/// The ids of an iBeacon or AltBeacon: what a tag is called that changes its address.
///
/// A tag that merely is heard is there, and nothing else: what its press means stands in a profile.
// Source: Apple, Proximity Beacon Specification; AltBeacon/spec, "AltBeacon Protocol Specification v1.0".
struct BeaconID: Hashable, CustomStringConvertible {
    enum Kind: String {
        case iBeacon = "ibeacon"
        case altBeacon = "altbeacon"
    }

    let kind: Kind
    let uuid: BluetoothUUID
    let major: UInt16
    let minor: UInt16

    private static let apple: UInt16 = 0x004C

    /// The first beacon of an advertisement; nil where there is none.
    init?(_ data: AdvertisingData) {
        for structure in data.structures {
            guard case .manufacturerData(let company, let bytes) = structure.content else { continue }
            if let beacon = Self(bytes, of: company) {
                self = beacon
                return
            }
        }
        return nil
    }

    /// UUID, major and minor stand in the order in which they are read; a byte of power follows, of an AltBeacon another one.
    private init?(_ bytes: ArraySlice<UInt8>, of company: UInt16) {
        var reader = ByteReader(bytes)
        let head = reader.take(2)
        if company == Self.apple, head?.elementsEqual([0x02, 0x15]) == true, bytes.count >= 23 {
            kind = .iBeacon
        } else if head?.elementsEqual([0xBE, 0xAC]) == true, bytes.count >= 24 {
            kind = .altBeacon
        } else {
            return nil
        }
        guard let id = reader.take(16), let uuid = BluetoothUUID(HexText.text(id)), let major = reader.take(2),
            let minor = reader.take(2)
        else { return nil }
        self.uuid = uuid
        self.major = major.reduce(0) { $0 << 8 | UInt16($1) }
        self.minor = minor.reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// `ibeacon/e2c56db5-dffb-48d2-b060-d0f5a71096e0/100/0`.
    var description: String { "\(kind.rawValue)/\(uuid)/\(major)/\(minor)" }
}
