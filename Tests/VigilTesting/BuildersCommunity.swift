public import VigilCore

/// One small community that most tests need: a grid, two flats with a resident each, the people who answer.
public enum SmallCommunity {
    /// Sources `home` and `radio`; topics `text/<device>/...` and `radio/<device>/...` speak the text dialect.
    public static let sources: [SourceID] = ["home", "radio"]

    /// Residents `r1` in `d1` and `r2` in `d2`. Devices per resident n: `button<n>`, `band<n>` (worn), `watch<n>` (worn, can cancel), `smoke<n>`, `motion<n>` (of the flat).
    public static func registry(version: Int = 1) -> Registry {
        let flats = [Dwelling(id: "d1", name: "1-1-101"), Dwelling(id: "d2", name: "1-1-102")]
        let building = Building(id: "b1", name: "1", units: [VigilCore.Unit(id: "u1", name: "1", dwellings: flats)])
        return Registry(
            version: version,
            community: Community(name: "Riverside", grids: [Grid(id: "g1", name: "First", buildings: [building])]),
            residents: [
                Resident(id: "r1", name: "Wang Lan", dwelling: "d1", contacts: ["son", "daughter"]),
                Resident(id: "r2", name: "Li Ming", dwelling: "d2"),
            ],
            devices: devices(of: 1) + devices(of: 2), contacts: contacts)
    }

    private static func devices(of number: Int) -> [Device] {
        let flat = DwellingID("d\(number)")
        let resident = ResidentID("r\(number)")
        func device(_ kind: String, in dwelling: DwellingID?, of person: ResidentID?, _ liveness: LivenessClass) -> Device {
            let name = "\(kind)\(number)"
            return Device(
                id: DeviceID(name), address: TextDecoder.address(name), dwelling: dwelling, resident: person, liveness: liveness,
                canCancel: kind == "watch", name: name)
        }
        return [
            device("button", in: nil, of: resident, .oneWay),
            device("band", in: nil, of: resident, .wearable),
            device("watch", in: nil, of: resident, .oneWay),
            device("smoke", in: flat, of: nil, .sleepySmoke),
            device("motion", in: flat, of: nil, .sleepy),
        ]
    }

    /// `officer` (push, then sms) and `lead` answer by role; `second` only where a step names it; `son` and `daughter` are r1's family.
    public static var contacts: [Contact] {
        func contact(_ id: ContactID, _ role: ContactRole, grids: [GridID] = [], _ channels: [ChannelID]) -> Contact {
            Contact(
                id: id, name: "Name of \(id)", role: role, grids: grids, language: .english,
                methods: channels.map { ContactMethod(channel: $0, address: "\($0):\(id)") })
        }
        return [
            contact("officer", .gridOfficer, grids: ["g1"], ["push", "sms"]),
            contact("second", .gridOfficer, grids: ["g2"], ["push"]),
            contact("lead", .communityLead, ["sms"]),
            contact("son", .family, ["push"]),
            contact("daughter", .family, ["push", "sms"]),
        ]
    }
}
