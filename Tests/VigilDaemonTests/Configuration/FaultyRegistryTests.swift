import Testing
import VigilCore

@testable import VigilDaemon

/// One pass over a faulty registry: faults of its form and against the configuration together, and nothing that only follows from them.
struct FaultyRegistryTests {
    @Test("faults of form and faults against the configuration come in one pass")
    func onePass() throws {
        let faults = try errors(
            """
            community: {grids: [{id: g1, nme: x}, {id: g2}]}
            contacts:
              - {id: officer, name: O, role: grid_officer, wechat: 1, methods: {channel: pusch, address: o}}
              - {id: lead, name: L, role: community_lead, grids: g1, methods: [{channel: push, address: l}, {channel: push}]}

            """)

        #expect(
            faults == [
                #"r.yaml:1:30: community.grids[0]: unknown key "nme"; did you mean "name"? known: buildings, id, name"#,
                #"r.yaml:3:48: contacts[0]: unknown key "wechat"; known: grids, id, language, methods, name, phone, quiet_hours, role"#,
                #"r.yaml:3:78: contacts[0].methods[0].channel: unknown channel "pusch"; did you mean "push"? known: push"#,
                #"r.yaml:4:97: contacts[1].methods[1]: "address" is missing; write address: the address in the channel's terms"#,
                "v.yaml:5:51: policies.blue.steps[0].notify: nobody answers the last step of policy blue in grid g2; register a contact with one of its roles, or name a contact:ID there",
            ])
    }

    struct Case: CustomTestStringConvertible {
        /// Everything but this is sound.
        var fault: String
        var community = "{grids: [{id: g1, buildings: [{id: b1, units: [{id: u1, dwellings: [{id: d1}]}]}]}]}"
        var residents = "[{id: r1, name: A, dwelling: d1, contacts: kin}]"
        var devices = "[{id: s1, dialect: zigbee2mqtt, address: s1, resident: r1, liveness: sleepy}]"
        var kin = "{id: kin, name: K, role: family, methods: {channel: push, address: k}}"
        var lead = "{id: lead, name: L, role: community_lead, grids: g1, methods: {channel: push, address: l}}"

        var text: String {
            "community: \(community)\nresidents: \(residents)\ndevices: \(devices)\ncontacts:\n  - \(kin)\n  - \(lead)\n"
        }
        var testDescription: String { fault }
    }

    @Test("the sound parts of the cases are sound")
    func sound() throws {
        #expect(try errors(Case(fault: "").text) == [])
    }

    @Test(
        "what could not be read is one fault, and not reported as missing as well",
        arguments: [
            Case(fault: #"contacts[1].role: unknown value "community_led""#, lead: lead("role: community_led")),
            Case(fault: #"contacts[1].grids: unknown grid "g9""#, lead: lead("role: community_lead, grids: g9")),
            Case(
                fault: "contacts[1].grids[1]: a list stands",
                community: "{grids: [{id: g2}, {id: g1, buildings: [{id: b1, units: [{id: u1, dwellings: [{id: d1}]}]}]}]}",
                lead: lead("role: community_lead, grids: [g2, [g1]]")),
            Case(fault: #"contacts[1]: "x" stands where a map of settings is wanted"#, lead: "x"),
            Case(fault: "contacts[1].role: anchors and aliases", lead: lead("role: &a community_lead")),
            Case(fault: "contacts[1].methods: anchors and aliases", lead: "{id: lead, name: L, role: community_lead, methods: &a []}"),
            Case(fault: #"contacts[0].role: unknown value "famly""#, residents: "[{id: r1, name: A, dwelling: d1}]", kin: kin("famly")),
            Case(
                fault: "community.grids[0].id: \"g 1\" is no id",
                community: #"{grids: [{id: g 1, buildings: [{id: b1, units: [{id: u1, dwellings: [{id: d1}]}]}]}]}"#),
            Case(
                fault: #"community.grids[0].buildings[0].units[0].dwellings[0].id: "d 1" is no id"#,
                community: #"{grids: [{id: g1, buildings: [{id: b1, units: [{id: u1, dwellings: [{id: d 1}]}]}]}]}"#),
            Case(
                fault: #"community.grids[0]: unknown key "bildings""#,
                community: "{grids: [{id: g1, bildings: [{id: b1, units: [{id: u1, dwellings: [{id: d1}]}]}]}]}"),
            Case(fault: #"community: "x" stands where a map of settings is wanted"#, community: "x"),
            Case(fault: "community: anchors and aliases", community: "&a {}"),
            Case(fault: #"residents[0]: unknown key "contcts""#, residents: "[{id: r1, name: A, dwelling: d1, contcts: kin}]"),
            Case(fault: "residents[0].dwelling: is empty", residents: #"[{id: r1, name: A, dwelling: "", contacts: kin}]"#),
            Case(fault: #"residents[0].id: "r 1" is no id"#, residents: "[{id: r 1, name: A, dwelling: d1, contacts: kin}]"),
            Case(
                fault: #"devices[0].liveness: unknown value "brige""#,
                devices: "[{id: s1, dialect: zigbee2mqtt, address: s1, liveness: brige}]"),
            Case(
                fault: "devices[0].resident: a list stands where text is wanted",
                devices: "[{id: s1, dialect: zigbee2mqtt, address: s1, resident: [], liveness: sleepy}]"),
            Case(
                fault: #"devices[0].dialect: unknown dialect "zigbe""#,
                devices: "[{id: s1, dialect: zigbe, address: s1, resident: r1, liveness: sleepy}]"),
            Case(
                fault: #"devices[0].liveness: unknown value "brige""#,
                devices: """
                    [{id: b1, dialect: zigbee2mqtt, address: b1, liveness: brige, dwelling: d1},
                      {id: s1, dialect: zigbee2mqtt, address: s1, resident: r1, liveness: sleepy, via: b1}]
                    """),
            Case(
                fault: #"devices[0].id: "b 1" is no id"#,
                devices: """
                    [{id: b 1, dialect: zigbee2mqtt, address: b1, liveness: bridge},
                      {id: s1, dialect: zigbee2mqtt, address: s1, resident: r1, liveness: sleepy, via: b1}]
                    """),
        ])
    func noFollowOn(_ fault: Case) throws {
        let faults = try errors(fault.text)

        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.contains(" \(fault.fault)") == true, "\(faults)")
    }

    @Test("a misspelt list leaves open what it holds")
    func misspeltList() throws {
        let faults = try errors(Case(fault: "").text.replacing("contacts:\n", with: "contcts:\n"))

        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.contains(#": unknown key "contcts"; did you mean "contacts"?"#) == true, "\(faults)")
    }

    @Test("a faulty configuration is held against the registry as far as it could be read")
    func faultyConfiguration() throws {
        let text = Self.configuration.replacing(
            "[{after: 0s, notify: [community_lead]}]", with: "[{after: 0s, notify: [comunity_lead]}]")
        let read = ReadConfiguration(text + "linger: 9h\n")
        let registry = Case(fault: "", lead: "{id: o, name: O, role: grid_officer, methods: {channel: pusch, address: l}}").text

        let checked = RegistryFile.read(Array(registry.utf8), file: "r.yaml", dialects: ["zigbee2mqtt"], language: .chinese)
            .checked(against: try #require(read.readable), readDespite: read.faults)

        #expect(checked.faults.errors.map(\.path) == ["contacts[1].methods[0].channel"])
        #expect(checked.registry == nil)
    }

    private static let duty = """
        rosters: [{id: duty, shifts: [{from: "08:00", to: "08:00", contacts: [lead, other]}]}]

        """

    @Test("who could not be read is not missed in a roster")
    func roster() throws {
        let text = Self.configuration.replacing("notify: [community_lead]", with: #"notify: ["roster:duty"]"#) + Self.duty
        let registry = Case(fault: "", lead: "x").text

        let checked = RegistryFile.read(Array(registry.utf8), file: "r.yaml", dialects: ["zigbee2mqtt"], language: .chinese)
            .checked(against: try #require(ReadConfiguration(text).configuration))

        #expect(checked.faults.errors.map(\.path) == ["contacts[1]"])
    }

    @Test("a roster that could not be read whole may hold whom a last step needs")
    func faultyRoster() throws {
        let text =
            Self.configuration.replacing("notify: [community_lead]", with: #"notify: ["roster:duty"]"#)
            + Self.duty.replacing("[lead, other]", with: "{a: lead}")
        let read = ReadConfiguration(text)

        let checked = RegistryFile.read(
            Array(Case(fault: "").text.utf8), file: "r.yaml", dialects: ["zigbee2mqtt"], language: .chinese
        ).checked(against: try #require(read.readable), readDespite: read.faults)

        #expect(checked.faults.errors.map(\.path) == [])
    }

    private static func lead(_ settings: String) -> String {
        "{id: lead, name: L, \(settings), methods: {channel: push, address: l}}"
    }

    private static func kin(_ role: String) -> String { "{id: kin, name: K, role: \(role), methods: {channel: push, address: k}}" }

    /// One policy for everything, so that a fault of it stands there once.
    private static let configuration =
        minimal + """
            policies: [{id: blue, steps: [{after: 0s, notify: [community_lead]}]}]
            severities: {red: blue, yellow: blue, blue: blue}
            technical: blue

            """

    private func errors(_ registry: String) throws -> [String] {
        let loaded = RegistryFile.read(Array(registry.utf8), file: "r.yaml", dialects: ["zigbee2mqtt"], language: .chinese)
        let checked = loaded.checked(against: try #require(ReadConfiguration(Self.configuration).configuration))
        return checked.faults.errors.map(\.description)
    }
}
