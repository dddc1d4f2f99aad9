import Testing
import VigilCore

@testable import VigilDaemon

struct RegistryFileTests {
    @Test("everything that a registry can say arrives")
    func whole() throws {
        let loaded = read(
            """
            community:
              name: 幸福里
              grids:
                - id: g1
                  name: 第一网格
                  buildings:
                    - {id: b1, name: 1号楼, units: [{id: u1, dwellings: [{id: 007, name: 3-2-501}, {id: d2}]}]}
            residents:
              - {id: r1, name: 王秀英, dwelling: 007, contacts: [c2, c1], phone: 010 5555 0142}
              - {id: r2, name: No, dwelling: d2}
            devices:
              - {id: band, dialect: vigil, address: 0x12, resident: r1, liveness: wearable, silent_after: 20m, model: SOS Band 2}
              - {id: smoke, dialect: zigbee2mqtt, address: kitchen smoke, dwelling: d2, liveness: sleepy_smoke, name: 厨房}
              - {id: bridge, dialect: zigbee2mqtt, address: bridge, liveness: bridge}
            contacts:
              - {id: c1, name: 李, role: grid_officer, grids: g1, methods: [{channel: push, address: topic-1}], phone: 13900000007}
              - {id: c2, name: Wang, role: family, language: en, methods: [{channel: push, address: 13800138000}, {channel: b, address: x}]}
            """)

        #expect(loaded.faults.faults == [])
        let dwellings = [Dwelling(id: "007", name: "3-2-501"), Dwelling(id: "d2", name: "d2")]
        let building = Building(id: "b1", name: "1号楼", units: [Unit(id: "u1", name: "u1", dwellings: dwellings)])
        #expect(
            loaded.registry
                == Registry(
                    community: Community(name: "幸福里", grids: [Grid(id: "g1", name: "第一网格", buildings: [building])]),
                    residents: [
                        Resident(id: "r1", name: "王秀英", dwelling: "007", contacts: ["c2", "c1"], phone: "010 5555 0142"),
                        Resident(id: "r2", name: "No", dwelling: "d2"),
                    ],
                    devices: [
                        Device(
                            id: "band", address: DeviceAddress(dialect: "vigil", name: "0x12"), dwelling: "007", resident: "r1",
                            liveness: .wearable, silentAfter: .minutes(20), model: "SOS Band 2"),
                        Device(
                            id: "smoke", address: DeviceAddress(dialect: "zigbee2mqtt", name: "kitchen smoke"), dwelling: "d2",
                            liveness: .sleepySmoke, name: "厨房"),
                        Device(id: "bridge", address: DeviceAddress(dialect: "zigbee2mqtt", name: "bridge"), liveness: .bridge),
                    ],
                    contacts: [
                        Contact(
                            id: "c1", name: "李", role: .gridOfficer, grids: ["g1"],
                            methods: [.init(channel: "push", address: "topic-1")], phone: "13900000007"),
                        Contact(
                            id: "c2", name: "Wang", role: .family, language: .english,
                            methods: [.init(channel: "push", address: "13800138000"), .init(channel: "b", address: "x")]),
                    ]))
    }

    /// The parts of a sound registry, of which a case replaces one. Everything stands in lines of its own: 1 to 4.
    struct Case: CustomTestStringConvertible {
        var community = "{grids: [{id: g1, buildings: [{id: b1, units: [{id: u1, dwellings: [{id: d1}, {id: d2}]}]}]}]}"
        var residents = "[{id: r1, name: A, dwelling: d1, contacts: c1}]"
        var devices = "[{id: s1, dialect: vigil, address: s1, dwelling: d1, liveness: sleepy}]"
        var contacts = "[{id: c1, name: W, role: family, methods: {channel: p, address: x}}]"
        var expected: [String]

        var text: String { "community: \(community)\nresidents: \(residents)\ndevices: \(devices)\ncontacts: \(contacts)\n" }
        var testDescription: String { expected.joined(separator: "; ") }

        static func community(_ text: String, _ expected: String...) -> Case { Case(community: text, expected: expected) }
        static func residents(_ text: String, _ expected: String...) -> Case { Case(residents: text, expected: expected) }
        static func devices(_ text: String, _ expected: String...) -> Case { Case(devices: text, expected: expected) }
        static func contacts(_ text: String, _ expected: String...) -> Case { Case(contacts: text, expected: expected) }
    }

    @Test(
        "each fault is named with place, path and remedy, and nothing is imported",
        arguments: places + people + phones + devices + contacts)
    func fault(_ fault: Case) {
        let loaded = read(fault.text)

        #expect(loaded.faults.errors.map(\.description) == fault.expected)
        #expect(loaded.registry == nil)
    }

    @Test("the sound parts of the cases are sound")
    func soundCase() {
        #expect(read(Case(expected: []).text).faults.faults == [])
    }

    @Test("a contact who names no language reads the configuration's")
    func defaultLanguage() {
        let bytes = Array(Case(expected: []).text.utf8)

        let loaded = RegistryFile.read(bytes, file: "r.yaml", dialects: ["vigil"], language: .english)

        #expect(loaded.registry?.contacts.map(\.language) == [.english])
    }

    @Test("a file that is not there is a fault, not a crash")
    func missing() {
        let loaded = RegistryFile.load(path: "/nonexistent/registry.yaml", dialects: [], language: .chinese)

        #expect(loaded.registry == nil)
        #expect(
            loaded.faults.errors.map(\.message) == [
                "cannot be read: no such file or directory; name a file that this user may read"
            ])
    }

    @Test("a device that says nothing of its liveness has that of its dialect, and its own word holds")
    func defaultLiveness() {
        func liveness(_ entry: String, _ usual: [Dialect: LivenessClass]) -> LivenessClass? {
            let device = "{id: s1, address: s1, dwelling: d1, \(entry)}"
            let text = Case(devices: "[\(device)]", expected: []).text
            return RegistryFile.read(
                Array(text.utf8), file: "r.yaml", dialects: ["vigil", "sleepace"], liveness: usual, language: .english
            ).registry?.devices.first?.liveness
        }

        #expect(liveness("dialect: sleepace", ["sleepace": .mains]) == .mains)
        #expect(liveness("dialect: sleepace, liveness: one_way", ["sleepace": .mains]) == .oneWay)
        #expect(liveness("dialect: vigil", ["sleepace": .mains]) == nil)
        #expect(liveness("dialect: sleepace, liveness: mans", ["sleepace": .mains]) == nil)
    }

    @Test(
        "a Bluetooth device is called as its frames call it, however people write it",
        arguments: [("a4:c1:38:8d:18:b2", "A4:C1:38:8D:18:B2"), ("iBeacon/E2C5/1/2", "ibeacon/e2c5/1/2")])
    func bluetoothAddress(written: String, name: String) {
        let device = #"{id: s1, dialect: ble, address: "\#(written)", dwelling: d1, liveness: one_way}"#

        #expect(read(Case(devices: "[\(device)]", expected: []).text).registry?.devices.map(\.address.name) == [name])
    }

    private func read(_ text: String) -> RegistryFile.Loaded {
        RegistryFile.read(Array(text.utf8), file: "r.yaml", dialects: ["vigil", "zigbee2mqtt", "ble"], language: .chinese)
    }
}

extension RegistryFileTests {
    static let places: [Case] = [
        .community(
            "{grids: [{id: g1, buildings: [{id: b1, units: [{id: u1, dwellings: [{id: d1}, {id: d1}]}]}]}]}",
            #"r.yaml:1:95: community.grids[0].buildings[0].units[0].dwellings[1].id: another dwelling is called "d1" already in line 1; give each an id of its own"#
        ),
        .community(
            "{grids: [{id: g1, buildings: [{id: b1, units: [{id: u1, dwellings: {id: d1}}, {id: u1}]}]}]}",
            #"r.yaml:1:95: community.grids[0].buildings[0].units[1].id: another unit of this building is called "u1" already in line 1; give each an id of its own"#
        ),
        .community(
            "{grids: [{id: g1, buildings: [{id: b1, units: {id: u1, dwellings: {id: d1}}}]}, {id: g2, buildings: [{id: b1}]}]}",
            #"r.yaml:1:118: community.grids[1].buildings[0].id: another building is called "b1" already in line 1; give each an id of its own"#
        ),
        .community(
            "{grids: [{id: g1, buildings: {id: b1, units: {id: u1, dwellings: {id: d1}}}}, {id: g1}]}",
            #"r.yaml:1:95: community.grids[1].id: another grid is called "g1" already in line 1; give each an id of its own"#),
        .community(
            "{grid: [], grids: {id: g1, buildings: {id: b1, units: {id: u1, dwellings: {id: d1}}}}}",
            #"r.yaml:1:13: community: unknown key "grid"; did you mean "grids"? known: grids, name"#),
        .community(
            "{grids: {id: 网格, buildings: {id: b1, units: {id: u1, dwellings: {id: d1}}}}}",
            #"r.yaml:1:25: community.grids[0].id: "网格" is no id; write at most 64 letters a to z, digits, "-", "_" or ".""#),
        .community(
            "{name: \"a\\nb\", grids: {id: g1, buildings: {id: b1, units: {id: u1, dwellings: {id: d1}}}}}",
            #"r.yaml:1:19: community.name: "a\nb" is more than one line; remove tabs and line ends"#),
        .community(
            "{name: \"x\\u202Ey\", grids: {id: g1, buildings: {id: b1, units: {id: u1, dwellings: {id: d1}}}}}",
            #"r.yaml:1:19: community.name: the text "x\u{202E}y" holds control characters; remove them"#),
        .community(
            "{name: \"x\\uFEFF\", grids: {id: g1, buildings: {id: b1, units: {id: u1, dwellings: [{id: d1}, {id: d2}]}}}}",
            #"r.yaml:1:19: community.name: the text "x\u{FEFF}" holds control characters; remove them"#),
    ]

    static let people: [Case] = [
        .residents(
            "[{id: r1, name: A, dwelling: d3, contacts: c1}]",
            #"r.yaml:2:41: residents[0].dwelling: unknown dwelling "d3"; known: d1, d2"#),
        .residents(
            "[{id: r1, name: A, dwelling: d1, contacts: [c1, c9]}]",
            #"r.yaml:2:60: residents[0].contacts[1]: unknown contact "c9"; known: c1"#),
        .residents(
            "[{id: r1, name: A, dwelling: d1, contacts: [c1, c1]}]",
            #"r.yaml:2:60: residents[0].contacts[1]: "c1" stands here twice; keep one of them"#),
        .residents(
            "[{id: r1, name: A, dwelling: d1, contacts: c1}, {id: r1, name: B, dwelling: d2}]",
            #"r.yaml:2:65: residents[1].id: another resident is called "r1" already in line 2; give each an id of its own"#),
        .residents(
            "[{id: d2, name: A, dwelling: d1, contacts: c1}]",
            "r.yaml:2:18: residents[0].id: a dwelling has this id too, and their alerts would get the same names; rename one of them"),
        .residents(
            "[{contacts: c1}]",
            #"r.yaml:2:13: residents[0]: "dwelling" is missing; write dwelling: the id of a dwelling above"#,
            #"r.yaml:2:13: residents[0]: "id" is missing; write id: a name of your own, such as r0042"#,
            #"r.yaml:2:13: residents[0]: "name" is missing; write name: what people call them"#),
    ]

    static let phones: [Case] = ["12", "1390000000７", "139 0000 0007 139 0000 0007", "+-()"].map {
        .residents(
            "[{id: r1, name: A, dwelling: d1, contacts: c1, phone: \"\($0)\"}]",
            "r.yaml:2:66: residents[0].phone: \"\($0)\" is no telephone number; write 3 to 24 digits, with blanks and + - * # ( ) / as people do"
        )
    }

    static let devices: [Case] = [
        .devices(
            #"[{id: s1, dialect: ble, address: "A4:C1:38:0015", dwelling: d1, liveness: one_way}]"#,
            #"r.yaml:3:43: devices[0].address: "A4:C1:38:0015" is no Bluetooth address; write A4:C1:38:8D:18:B2, or ibeacon/UUID/MAJOR/MINOR"#
        ),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, dwelling: d1, liveness: one_way, button: soss}]",
            #"r.yaml:3:90: devices[0].button: unknown value "soss"; did you mean "sos"? known: cancel, sos, visit"#),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, dwelling: d1, liveness: sleepy, via: hub}]",
            #"r.yaml:3:86: devices[0].via: unknown bridge "hub"; write the bridge into this file first"#),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, dwelling: d1, liveness: sleepy, via: s2}, {id: s2, dialect: vigil, address: s2, dwelling: d1, liveness: sleepy}]",
            #"r.yaml:3:86: devices[0].via: device "s2" is no bridge; name one whose liveness is bridge, or remove via"#),
        .devices(
            "[{id: h1, dialect: vigil, address: h1, liveness: bridge, via: h2}, {id: h2, dialect: vigil, address: h2, liveness: bridge, via: h1}]",
            "r.yaml:3:72: devices[0].via: the device would be heard through itself; remove via from one of them",
            "r.yaml:3:138: devices[1].via: the device would be heard through itself; remove via from one of them"),
        .devices(
            "[{id: s1, dialect: vigl, address: s1, dwelling: d1, liveness: sleepy}]",
            #"r.yaml:3:29: devices[0].dialect: unknown dialect "vigl"; did you mean "vigil"? known: ble, vigil, zigbee2mqtt"#),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, dwelling: d9, liveness: sleepy}]",
            #"r.yaml:3:59: devices[0].dwelling: unknown dwelling "d9"; known: d1, d2"#),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, resident: r9, liveness: wearable}]",
            #"r.yaml:3:59: devices[0].resident: unknown resident "r9"; known: r1"#),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, liveness: wearable}]",
            "r.yaml:3:11: devices[0]: the device is nobody's, and its alarm would reach nobody; write dwelling: ID, or resident: ID if it is worn"
        ),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, resident: r1, dwelling: d2, liveness: wearable}]",
            #"r.yaml:3:73: devices[0].dwelling: the resident lives in "d1"; remove dwelling, or write that one"#),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, resident: r1, liveness: sleepi}]",
            #"r.yaml:3:73: devices[0].liveness: unknown value "sleepi"; did you mean "sleepy"? known: bridge, mains, one_way, sleepy, sleepy_smoke, wearable"#
        ),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, resident: r1}]",
            #"r.yaml:3:11: devices[0]: "liveness" is missing; write liveness: one of bridge, mains, sleepy, sleepy_smoke, wearable, one_way"#
        ),
        .devices(
            "[{id: s1, dialect: vigil, address: s1, resident: r1, liveness: mains, silent_after: 1s}]",
            "r.yaml:3:94: devices[0].silent_after: 1s is out of range; write 5s to 31d"),
        .devices(
            "[{id: a, dialect: vigil, address: s1, resident: r1, liveness: mains}, {id: b, dialect: vigil, address: s1, resident: r1, liveness: mains}]",
            #"r.yaml:3:113: devices[1].address: device "a" has this address already in line 3; a device is bound once, remove one of them"#
        ),
        .devices(
            "[{id: a, dialect: vigil, address: s1, resident: r1, liveness: mains}, {id: a, dialect: vigil, address: s2, resident: r1, liveness: mains}]",
            #"r.yaml:3:85: devices[1].id: another device is called "a" already in line 3; give each an id of its own"#),
        .devices(
            "[{id: a, dialect: vigil, address: \" \", resident: r1, liveness: mains}]",
            "r.yaml:3:44: devices[0].address: is empty; write something or remove the key"),
    ]

    static let contacts: [Case] = [
        .contacts(
            "[{id: c1, name: W, role: family, phone: ask Li, methods: {channel: p, address: x}}]",
            #"r.yaml:4:51: contacts[0].phone: "ask Li" is no telephone number; write 3 to 24 digits, with blanks and + - * # ( ) / as people do"#
        ),
        .contacts(
            "[{id: c1, name: W, role: familly, methods: {channel: p, address: x}}]",
            #"r.yaml:4:36: contacts[0].role: unknown value "familly"; did you mean "family"? known: building_captain, clinic, community_lead, family, grid_officer, installer, property_desk"#
        ),
        .contacts(
            "[{id: c1, name: W, role: clinic, methods: []}]",
            #"r.yaml:4:53: contacts[0].methods: the contact cannot be reached; write methods: [{channel: ID, address: "..."}]"#),
        .contacts(
            "[{id: c1, name: W, role: clinic, methods: [{channel: p}]}]",
            #"r.yaml:4:54: contacts[0].methods[0]: "address" is missing; write address: the address in the channel's terms"#),
        .contacts(
            "[{id: c1, name: W, role: clinic, grids: [g1, g9], methods: {channel: p, address: x}}]",
            #"r.yaml:4:56: contacts[0].grids[1]: unknown grid "g9"; known: g1"#),
        .contacts(
            "[{id: c1, name: W, role: clinic, language: fr, methods: {channel: p, address: x}}]",
            #"r.yaml:4:54: contacts[0].language: unknown value "fr"; known: en, zh-CN"#),
        .contacts(
            "[{id: c1, name: W, role: clinic, methods: {channel: p, address: x}}, {id: c2, name: V, role: family, methods: {channel: p, address: y}}]",
            "r.yaml:4:85: contacts[1].id: nobody's family: no resident names this contact; write it into a resident's contacts or remove it"
        ),
        .contacts(
            "[{id: c1, name: W, role: clinic, methods: {channel: p, address: x}}, {id: c1, name: V, role: clinic, methods: {channel: p, address: y}}]",
            #"r.yaml:4:85: contacts[1].id: another contact is called "c1" already in line 4; give each an id of its own"#),
        .contacts(
            "[{id: c1, name: W, role: clinic, wechat: 138, methods: {channel: p, address: x}}]",
            #"r.yaml:4:44: contacts[0]: unknown key "wechat"; known: grids, id, language, methods, name, phone, quiet_hours, role"#),
        .contacts(
            #"[{id: c1, name: W, role: clinic, methods: {channel: p, address: x}, quiet_hours: {from: "22:00"}}]"#,
            #"r.yaml:4:92: contacts[0].quiet_hours: "to" is missing; write to: "08:00""#),
        .contacts(
            #"[{id: c1, name: W, role: clinic, methods: {channel: p, address: x}, quiet_hours: {from: "22h", to: "07:00", time_zone: Asia/Shanghia}}]"#,
            #"r.yaml:4:99: contacts[0].quiet_hours.from: "22h" is no time of day; write "00:00" to "24:00""#,
            #"r.yaml:4:130: contacts[0].quiet_hours.time_zone: unknown time zone "Asia/Shanghia"; did you mean "Asia/Shanghai"?"#),
        .contacts(
            #"[{id: c1, name: W, role: clinic, methods: {channel: p, address: x}, quiet_hours: {from: "00:00", to: "24:00"}}]"#,
            #"r.yaml:4:112: contacts[0].quiet_hours.to: the quiet never ends: only emergencies would reach them; write another time, such as "07:00""#
        ),
    ]
}
