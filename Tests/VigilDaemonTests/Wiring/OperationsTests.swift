import Testing
import VigilConsole
import VigilCore
import VigilTesting

@testable import VigilDaemon

struct OperationsTests {
    /// Everything goes by one policy; nobody is the clinic.
    private static func configuration(_ notify: String, above: String = "") -> String {
        """
        \(above)brokers: [{id: main, host: 127.0.0.1, topics: [{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}]}]
        channels:
          - {id: push, kind: ntfy, server: "https://ntfy.example.org"}
          - {id: sms, kind: ntfy, server: "https://ntfy.example.org"}
        policies: [{id: one, repeat_every: 2m, steps: [{after: 0s, notify: grid_officer}, {after: 60s, notify: \(notify)}]}]
        severities: {red: one, yellow: one, blue: one}
        technical: one

        """
    }

    /// The small community, with addresses that the channels take.
    private static var registry: Registry {
        var registry = SmallCommunity.registry()
        for index in registry.contacts.indices {
            registry.contacts[index].methods = registry.contacts[index].methods.map { method in
                ContactMethod(channel: method.channel, address: registry.contacts[index].id.rawValue)
            }
        }
        return registry
    }

    private static func vacant(_ place: String) -> String {
        "vigil.yaml:\(place): policies.one.steps[1].notify: nobody answers the last step of policy one in grid g1; "
            + "register a contact with one of its roles, or name a contact:ID there"
    }

    @Test("what people and policies do not fit is named at the start, with its place")
    func start() throws {
        let house = try OperationsHouse(Self.configuration("clinic"), registry: Self.registry)

        house.operations.nameFaults(of: Self.registry)

        #expect(house.errors == [Self.vacant("5:104")])
    }

    @Test("a reload that leaves a grid without a last step is refused at the step's place")
    func refusedReload() async throws {
        let house = try OperationsHouse(Self.configuration("community_lead"), registry: Self.registry)
        try house.write(Self.configuration("clinic"))

        let result = await house.operations.reload()

        #expect(result.rulesVersion == nil)
        #expect(result.faults.map(house.here) == [Self.vacant("5:104")])
    }

    @Test("what was wrong before keeps no reload out, wherever it stands by now")
    func standingFault() async throws {
        let house = try OperationsHouse(Self.configuration("clinic"), registry: Self.registry)
        try house.write(Self.configuration("clinic", above: "# one line more\n"))

        let result = await house.operations.reload()

        #expect(result.rulesVersion == 2, "\(result.faults)")
        #expect(result.warnings.map(house.here).contains(Self.vacant("6:104")), "\(result.warnings)")
    }

    @Test("an import is refused for its form and for what the configuration lacks at once")
    func refusedImport() async throws {
        let house = try OperationsHouse(Self.configuration("community_lead"), registry: Self.registry)

        let result = await house.operations.importRegistry(
            """
            community: {grids: [{id: g1, nme: x}]}
            contacts: [{id: lead, name: L, role: community_lead, methods: [{channel: pusch, address: l}]}]

            """, fileName: "r.yaml")

        #expect(
            result.faults == [
                #"r.yaml:1:30: community.grids[0]: unknown key "nme"; did you mean "name"? known: buildings, id, name"#,
                #"r.yaml:2:74: contacts[0].methods[0].channel: unknown channel "pusch"; did you mean "push"? known: push, sms"#,
            ])
        #expect(result.version == nil)
    }
}
