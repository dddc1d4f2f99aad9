public import VigilCore

/// One large building: flats `d1`… with a smoke sensor `smoke<n>` and a resident `r<n>` with a band `band<n>` each; `officer`, `desk` and
/// `lead` hear of everything at once, over `push`, and the officer over `sms` where that fails.
public enum Flood {
    public static func registry(_ flats: Int) -> Registry {
        let dwellings = (1...flats).map { Dwelling(id: DwellingID("d\($0)"), name: "1-\($0)") }
        let building = Building(id: "b1", name: "1", units: [VigilCore.Unit(id: "u1", name: "1", dwellings: dwellings)])
        let devices = (1...flats).flatMap { number in
            [
                Device(
                    id: DeviceID("smoke\(number)"), address: TextDecoder.address("smoke\(number)"), dwelling: DwellingID("d\(number)"),
                    liveness: .sleepySmoke),
                Device(
                    id: DeviceID("band\(number)"), address: TextDecoder.address("band\(number)"), resident: ResidentID("r\(number)"),
                    liveness: .oneWay),
            ]
        }
        return Registry(
            version: 1, community: Community(name: "Tower", grids: [Grid(id: "g1", name: "First", buildings: [building])]),
            residents: (1...flats).map {
                Resident(id: ResidentID("r\($0)"), name: "Resident \($0)", dwelling: DwellingID("d\($0)"))
            },
            devices: devices,
            contacts: [
                contact("officer", .gridOfficer, ["push", "sms"]), contact("desk", .propertyDesk, ["push"]),
                contact("lead", .communityLead, ["push"]),
            ])
    }

    private static func contact(_ id: ContactID, _ role: ContactRole, _ channels: [ChannelID]) -> Contact {
        Contact(
            id: id, name: "Name of \(id)", role: role, grids: ["g1"], language: .english,
            methods: channels.map { ContactMethod(channel: $0, address: "\($0):\(id)") })
    }

    /// `smoke` of the given severity and `fall`, red; three people at once, again every two minutes.
    public static func rules(_ severity: Severity = .red) -> RuleSet {
        let everybody = EscalationPolicy.Step(after: .zero, notify: [.contact("officer"), .contact("desk"), .contact("lead")])
        var rules = SmallCommunity.rules()
        rules.rules = [Rule(id: "smoke", detector: "smoke", severity: severity), Rule(id: "fall", detector: "fall", severity: .red)]
        for index in rules.policies.indices { rules.policies[index].steps = [everybody] }
        rules.channels = [ChannelLimits(id: "push", concurrency: 4), ChannelLimits(id: "sms", concurrency: 2)]
        return rules
    }
}
