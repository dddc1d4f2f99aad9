import Foundation
import Testing
import VigilCore

@testable import VigilDaemon

struct RegistryExportTests {
    @Test("an export reads like the file that people write")
    func text() {
        #expect(
            RegistryFile.export(Self.registry) == """
                community:
                  name: 幸福里
                  grids:
                    - id: g1
                      name: 第一网格
                      buildings:
                        - id: b1
                          name: "1号楼"
                          units:
                            - id: u1
                              name: u1
                              dwellings:
                                - {id: d1, name: "3-2-501"}
                    - id: "007"
                      name: "no"
                      buildings: []

                residents:
                  - {id: r1, name: 王秀英, dwelling: d1, contacts: [c1], risk: "no", phone: "13800000001"}

                devices:
                  - {id: band, dialect: vigil, address: "0x12", resident: r1, liveness: wearable, silent_after: 20m, test_every: 14d, button: sos, model: "SOS Band 2"}
                  - {id: smoke, dialect: vigil, address: "kitchen, left: #1", dwelling: d1, liveness: sleepy_smoke, via: "007", name: 厨房, profile: acme}
                  - {id: "007", dialect: vigil, address: hub, liveness: bridge}

                contacts:
                  - {id: c1, name: "O\\"Neil \\\\", role: family, language: en, methods: [{channel: push, address: "https://x/?a=b&c"}], quiet_hours: {from: "22:00", to: "07:05", time_zone: Asia/Urumqi}}
                  - {id: c2, name: 李, role: grid_officer, grids: [g1], language: zh-CN, methods: [{channel: push, address: "@1"}], quiet_hours: {from: "00:00", to: "06:00"}, phone: "+86 10 5555 0142"}

                """)
    }

    @Test("what was exported reads back as an equal registry, and exports the same again")
    func roundTrip() throws {
        let text = RegistryFile.export(Self.registry)

        let again = try #require(read(text).registry)

        #expect(again == Self.registry)
        #expect(RegistryFile.export(again) == text)
    }

    @Test("the demo's registry survives an export")
    func demo() throws {
        let bytes = try Array(Data(contentsOf: URL(filePath: repositoryFile("config/demo/registry.yaml"))))
        let registry = try #require(read(String(decoding: bytes, as: UTF8.self)).registry)

        #expect(read(RegistryFile.export(registry)).registry == registry)
    }

    @Test("an empty registry survives an export")
    func empty() {
        #expect(read(RegistryFile.export(Registry())).registry == Registry())
    }

    @Test(
        "any name survives an export, whatever YAML would make of it",
        arguments: [
            "~", "null", "true", "Yes", "NO", "on", "007", "0x12", "1e3", "-1", "2026-01-01", "12:30", "- x", "? x", ": x", "x: y",
            "x #y", "#x",
            "&x", "*x", "!x", "|", ">", "%x", "@x", "`x", "[x]", "{x}", "x, y", "x]", "x}", "'x'", "\"x\"", "\\", " x ", "x  y", "<<",
            "=", "---",
            "...", "a\u{300}", "á", "\u{FFFE}", "\u{10FFFF}", "👵🏽", "\u{E000}", "é\u{AD}", "y", "N", "Null",
            "x:",
            "\u{A0}x",
        ])
    func names(_ name: String) throws {
        var registry = Self.registry
        registry.residents[0].name = name
        registry.devices[0].address = DeviceAddress(dialect: "vigil", name: name)
        registry.contacts[0].methods[0].address = name
        registry.community.name = name

        let loaded = read(RegistryFile.export(registry))

        #expect(loaded.faults.faults == [])
        let again = try #require(loaded.registry)
        #expect(again == registry)
        // Swift takes composed and decomposed letters for equal; a broker does not.
        #expect(Array(again.residents[0].name.utf8) == Array(name.utf8))
    }

    private func read(_ text: String) -> RegistryFile.Loaded {
        RegistryFile.read(Array(text.utf8), file: "r.yaml", dialects: ["vigil", "zigbee2mqtt"], language: .chinese)
    }

    private static let registry = Registry(
        community: Community(
            name: "幸福里",
            grids: [
                Grid(
                    id: "g1", name: "第一网格",
                    buildings: [
                        Building(
                            id: "b1", name: "1号楼", units: [Unit(id: "u1", name: "u1", dwellings: [Dwelling(id: "d1", name: "3-2-501")])]
                        )
                    ]),
                Grid(id: "007", name: "no", buildings: []),
            ]),
        residents: [Resident(id: "r1", name: "王秀英", dwelling: "d1", contacts: ["c1"], risk: "no", phone: "13800000001")],
        devices: [
            Device(
                id: "band", address: DeviceAddress(dialect: "vigil", name: "0x12"), dwelling: "d1", resident: "r1", liveness: .wearable,
                silentAfter: .minutes(20), testEvery: .hours(14 * 24), button: .sos, model: "SOS Band 2"),
            Device(
                id: "smoke", address: DeviceAddress(dialect: "vigil", name: "kitchen, left: #1"), dwelling: "d1",
                liveness: .sleepySmoke, via: "007",
                name: "厨房", profile: "acme"),
            Device(id: "007", address: DeviceAddress(dialect: "vigil", name: "hub"), liveness: .bridge),
        ],
        contacts: [
            Contact(
                id: "c1", name: "O\"Neil \\", role: .family, language: .english,
                methods: [ContactMethod(channel: "push", address: "https://x/?a=b&c")],
                quietHours: QuietHours(from: TimeOfDay(rawValue: 1320), to: TimeOfDay(rawValue: 425), timeZone: "Asia/Urumqi")),
            Contact(
                id: "c2", name: "李", role: .gridOfficer, grids: ["g1"], methods: [ContactMethod(channel: "push", address: "@1")],
                quietHours: QuietHours(from: TimeOfDay(rawValue: 0), to: TimeOfDay(rawValue: 360)), phone: "+86 10 5555 0142"),
        ])
}
