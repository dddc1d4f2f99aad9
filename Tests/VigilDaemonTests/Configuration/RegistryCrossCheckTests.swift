import Testing
import VigilCore

@testable import VigilDaemon

struct RegistryCrossCheckTests {
    @Test("a registry that fits its configuration has no fault")
    func fits() throws {
        #expect(try lines(contacts: Self.everybody) == [])
    }

    @Test("a contact's channel must be configured")
    func unknownChannel() throws {
        let contacts =
            Self.everybody
            + "  - {id: x, name: X, role: clinic, methods: [{channel: push, address: y}, {channel: pusch, address: y}]}\n"

        #expect(
            try lines(contacts: contacts) == [
                #"r.yaml:8:85: contacts[5].methods[1].channel: unknown channel "pusch"; did you mean "push"? known: push"#
            ])
    }

    @Test("a resident's risk group must be one of the configuration, built in or not")
    func unknownRisk() throws {
        let residents = "residents: [{id: r1, name: A, dwelling: d1, risk: hgih}, {id: r2, name: B, dwelling: d1, risk: night}]\n"
        func faults(_ configuration: String) throws -> [String] {
            try lines(contacts: Self.everybody, more: residents, configuration: configuration, places: Self.flat)
        }

        let unknown = try faults("visits: {groups: {night: 12h}}\n")

        #expect(unknown.count == 1)
        #expect(unknown.first?.contains(#": residents[0].risk: unknown risk group "hgih"; did you mean "high"?"#) == true, "\(unknown)")
        #expect(unknown.first?.hasSuffix("; or write it under visits.groups in the configuration") == true)
        #expect(try faults("visits: {groups: {night: 12h, hgih: 1d}}\n").isEmpty)
    }

    private static let flat = "{id: g1, buildings: {id: b1, units: {id: u1, dwellings: {id: d1}}}}"

    @Test("an address is judged in its channel's terms")
    func address() throws {
        let faults = try lines(contacts: Self.everybody.replacing("address: lead", with: "address: le ad"))

        #expect(
            faults == ["r.yaml:4:98: contacts[1].methods[0].address: is no ntfy topic; write 1 to 64 letters, digits, _ or -"])
    }

    @Test("a role that a policy names and nobody holds is named once, with its grids and policies")
    func vacantRole() throws {
        let contacts = Self.everybody.split(separator: "\n").filter { !$0.contains("building_captain") && !$0.contains("grid_officer") }
            .joined(separator: "\n")

        #expect(
            try lines(
                contacts: contacts + "\n  - {id: o, name: O, role: grid_officer, grids: g2, methods: {channel: push, address: o}}\n")
                == [
                    "r.yaml:3:3: contacts: warning: nobody is building_captain for grid g1, g2, named by policy red, yellow; register a contact with this role",
                    "r.yaml:3:3: contacts: warning: nobody is grid_officer for grid g1, named by policy red, yellow, blue, technical; register a contact with this role",
                ])
    }

    @Test("a last step that reaches nobody in a grid is an error at its place, whatever family there is")
    func emptyLastStep() throws {
        let policy = "policies: [{id: blue, steps: [{after: 0s, notify: grid_officer}, {after: 1h, notify: [family, clinic]}]}]\n"

        #expect(
            try lines(contacts: Self.everybody, configuration: policy) == [
                "v.yaml:5:86: policies.blue.steps[1].notify: nobody answers the last step of policy blue in grid g1; register a contact with one of its roles, or name a contact:ID there",
                "v.yaml:5:86: policies.blue.steps[1].notify: nobody answers the last step of policy blue in grid g2; register a contact with one of its roles, or name a contact:ID there",
                "r.yaml:3:3: contacts: warning: nobody is clinic for grid g1, g2, named by policy blue; register a contact with this role",
            ])
    }

    @Test("a built-in policy has no place in a file, and the fault says so")
    func builtInPolicy() throws {
        let contacts = Self.everybody.replacing("role: community_lead, grids: [g1, g2]", with: "role: community_lead, grids: g1")

        #expect(
            try lines(contacts: contacts).filter { $0.contains("policies.") } == [
                "policies.blue.steps[1].notify: nobody answers the last step of the built-in policy blue in grid g2; register a contact with one of its roles, or write a policy blue of your own",
                "policies.red.steps[2].notify: nobody answers the last step of the built-in policy red in grid g2; register a contact with one of its roles, or write a policy red of your own",
            ])
    }

    @Test("a contact that a policy names must exist")
    func unknownContact() throws {
        let policy = "policies: [{id: blue, steps: [{after: 0s, notify: [grid_officer, \"contact:leed\"]}]}]\n"

        #expect(
            try lines(contacts: Self.everybody, configuration: policy) == [
                #"v.yaml:5:66: policies.blue.steps[0].notify[1]: warning: the registry has no contact "leed"; did you mean "lead"? known: captain, desk, installer, lead, officer, and nobody is told"#
            ])
    }

    @Test("whoever stands in a roster must exist, and the fault names the place in the configuration")
    func unknownOnDuty() throws {
        let text = """
            policies: [{id: blue, steps: [{after: 0s, notify: [grid_officer, "roster:duty"]}]}]
            rosters:
              - id: duty
                shifts: [{from: "08:00", to: "08:00", contacts: [lead, leed]}]
                holidays: [{dates: 2026-02-17, shifts: [{from: "08:00", to: "08:00", contacts: gone}]}]
                overrides: [{from: 2026-02-17 08:00, to: 2026-02-17 09:00, contacts: [captain, gone]}]

            """

        #expect(
            try lines(contacts: Self.everybody, configuration: text) == [
                #"v.yaml:8:60: rosters[0].shifts[0].contacts[1]: the registry has no contact "leed"; did you mean "lead"? known: captain, desk, installer, lead, officer, and nobody would stand there"#,
                #"v.yaml:9:84: rosters[0].holidays[0].shifts[0].contacts[0]: the registry has no contact "gone"; known: captain, desk, installer, lead, officer, and nobody would stand there"#,
                #"v.yaml:10:84: rosters[0].overrides[0].contacts[1]: the registry has no contact "gone"; known: captain, desk, installer, lead, officer, and nobody would stand there"#,
            ])
    }

    @Test("a roster may be the last step where somebody stands in it")
    func rosterAsLastStep() throws {
        let text = """
            policies: [{id: blue, steps: [{after: 0s, notify: "roster:duty"}]}]
            rosters: [{id: duty, shifts: [{from: "08:00", to: "08:00", contacts: lead}]}]

            """

        #expect(try lines(contacts: Self.everybody, configuration: text) == [])
    }

    @Test("a rule's scope must be about somebody")
    func scope() throws {
        let rules = """
            rules:
              - {id: a, detector: sos, severity: red, scope: {grids: [g1, g3]}}
              - {id: b, detector: sos, severity: red, scope: {residents: r9}}

            """

        #expect(
            try lines(contacts: Self.everybody, configuration: rules) == [
                #"v.yaml:6:50: rules.a.scope: warning: the registry has no grid "g3"; the rule watches nobody there, correct the id"#,
                #"v.yaml:7:50: rules.b.scope: warning: the registry has no resident "r9"; the rule watches nobody there, correct the id"#,
            ])
    }

    @Test("devices whose dialect no broker carries are named once")
    func unheardDialect() throws {
        let devices = """
            devices:
              - {id: a, dialect: zigbee2mqtt, address: a, liveness: bridge}
              - {id: b, dialect: vigil, address: b, liveness: bridge}
              - {id: c, dialect: vigil, address: c, liveness: bridge}

            """

        #expect(
            try lines(contacts: Self.everybody, more: devices) == [
                #"r.yaml:10:22: devices[1].dialect: warning: no broker subscribes to topics of dialect "vigil", so 2 devices are not heard; add a topic to a broker"#
            ])
    }

    @Test(
        "a profile that cannot be heard of a device is refused with place and remedy",
        arguments: [
            ("ble, address: \"A4:C1:38:00:00:01\", profile: acme", nil),
            ("ble, address: \"A4:C1:38:00:00:01\", profile: acne", #"unknown profile "acne"; did you mean "acme"? known: acme; or"#),
            ("ble, address: \"A4:C1:38:00:00:01\", profile: opensleep", #"the profile "opensleep" names nothing to connect for"#),
            ("zigbee2mqtt, address: knob, profile: acme", #"and this one is heard as "zigbee2mqtt"; remove it"#),
            (
                "ble, address: ibeacon/e2c56db5-dffb-48d2-b060-d0f5a71096e0/1/1, profile: acme",
                "a beacon that changes its address cannot be connected to"
            ),
        ] as [(String, String?)])
    func profiles(device: String, words: String?) throws {
        let text = """
            dialect: acme
            title: {zh-CN: 试, en: trial}
            source: a manual
            liveness: mains
            messages: [{bluetooth: {service: fff0, characteristic: fff1}, facts: [{value: true, kind: sos}]}]
            """
        var configuration = try #require(ReadConfiguration(minimal).configuration)
        configuration.profiles = [try #require(ProfileFile.read(Array(text.utf8), file: "p.yaml", faults: FaultList()))]
        let registry =
            "community: {grids: [\(Self.flat), {id: g2}]}\ncontacts:\n\(Self.everybody)devices:\n"
            + "  - {id: x, dwelling: d1, liveness: mains, dialect: \(device)}\n"
        let loaded = RegistryFile.read(Array(registry.utf8), file: "r.yaml", dialects: ["zigbee2mqtt", "ble"], language: .chinese)

        let faults = loaded.checked(against: configuration).faults.errors

        #expect(faults.count == (words == nil ? 0 : 1), "\(faults)")
        if let words, let fault = faults.first {
            #expect(fault.path == "devices[0].profile")
            #expect(fault.mark?.line == 9)
            #expect(fault.message.contains(words), "\(fault)")
        }
    }

    private static let everybody = """
          - {id: officer, name: O, role: grid_officer, methods: {channel: push, address: officer}}
          - {id: lead, name: L, role: community_lead, grids: [g1, g2], methods: {channel: push, address: lead}}
          - {id: captain, name: C, role: building_captain, methods: {channel: push, address: captain}}
          - {id: desk, name: D, role: property_desk, methods: {channel: push, address: desk}}
          - {id: installer, name: I, role: installer, methods: {channel: push, address: installer}}

        """

    private func lines(
        contacts: String, more: String = "", configuration text: String = "", places: String = "{id: g1}"
    ) throws -> [String] {
        let registry = "community: {grids: [\(places), {id: g2}]}\ncontacts:\n\(contacts)\(more)"
        let loaded = RegistryFile.read(Array(registry.utf8), file: "r.yaml", dialects: vocabulary().dialects, language: .chinese)
        try #require(loaded.registry != nil, "\(loaded.faults.errors)")
        let checked = loaded.checked(against: try #require(ReadConfiguration(minimal + text).configuration))
        #expect((checked.registry == nil) == checked.faults.hasErrors)
        return (checked.faults.errors + checked.faults.warnings).map(\.description)
    }
}
