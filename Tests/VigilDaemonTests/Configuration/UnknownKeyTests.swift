import Testing
import VigilCore

@testable import VigilDaemon

/// A key that nobody reads is a setting that somebody believes to be in force.
struct UnknownKeyTests {
    @Test("an unknown key is a fault in every map of a configuration")
    func configuration() {
        let text = """
            zzz: 1
            brokers:
              - zzz: 1
                id: main
                host: 127.0.0.1
                tls: {zzz: 1}
                topics: [{zzz: 1, filter: vigil/in/#, dialect: vigil}]
            watches: [{zzz: 1, id: w, listen: "127.0.0.1:8001"}]
            bluetooth: {zzz: 1, adapters: [hci0]}
            channels: [{zzz: 1, id: push, kind: ntfy}]
            rules: [{zzz: 1, id: a, detector: sos, severity: red, scope: {zzz: 1, grids: g1}, message: {zzz: 1, zh-CN: a, en: b}}]
            policies: [{zzz: 1, id: blue, steps: [{zzz: 1, after: 0s, notify: family}]}]
            severities: {zzz: 1}
            tests: {zzz: 1}
            visits: {zzz: 1}
            actions: [{zzz: 1, id: a, topic: b, payload: c, acknowledge: {zzz: 1, topic: d}}]
            nobody_reachable: {zzz: 1, act: a}
            heartbeat: {zzz: 1, url: "https://h/x"}
            rosters:
              - zzz: 1
                id: duty
                shifts: {zzz: 1, from: "00:00", to: "24:00", contacts: a}
                holidays: {zzz: 1, dates: 2026-02-17, shifts: {from: "00:00", to: "24:00", contacts: a}}
                overrides: {zzz: 1, from: 2026-02-17 08:00, to: 2026-02-17 09:00, contacts: a}
            """
        var words = vocabulary()
        // The rest of a rule and of a channel is read by their own rooms.
        words.validateRule = { rule, path, faults in
            if rule.id == "a" { SettingsReader(rule.settings, path: path, faults: faults).finish() }
        }
        words.validateChannel = { SettingsReader($0.settings, path: $1, faults: $2).finish() }

        let read = ReadConfiguration(text, vocabulary: words)

        #expect(read.configuration == nil)
        #expect(
            read.faults.errors.map { "\($0.path): \($0.message.prefix(17))" }
                == [
                    "", "brokers[0]", "brokers[0].tls", "brokers[0].topics[0]", "watches[0]", "bluetooth", "channels[0]", "rules[0]",
                    "rules[0].scope",
                    "rules[0].message", "policies[0]", "policies[0].steps[0]", "severities", "tests", "visits", "actions[0]",
                    "actions[0].acknowledge", "nobody_reachable", "heartbeat", "rosters[0]", "rosters[0].shifts[0]",
                    "rosters[0].holidays[0]", "rosters[0].overrides[0]",
                ].map { "\($0): unknown key \"zzz\"" })
    }

    @Test("an unknown key is a fault in every map of a registry")
    func registry() {
        let text = """
            zzz: 1
            community:
              zzz: 1
              grids:
                - {zzz: 1, id: g1, buildings: {zzz: 1, id: b1, units: {zzz: 1, id: u1, dwellings: {zzz: 1, id: d1}}}}
            residents: [{zzz: 1, id: r1, name: A, dwelling: d1, contacts: c1}]
            devices: [{zzz: 1, id: s1, dialect: vigil, address: s1, dwelling: d1, liveness: sleepy}]
            contacts: [{zzz: 1, id: c1, name: W, role: family, methods: {zzz: 1, channel: p, address: x}, quiet_hours: {zzz: 1, from: "22:00", to: "07:00"}}]
            """

        let loaded = RegistryFile.read(Array(text.utf8), file: "r.yaml", dialects: ["vigil"], language: .chinese)

        #expect(loaded.registry == nil)
        let building = "community.grids[0].buildings[0]"
        #expect(
            loaded.faults.errors.map { "\($0.path): \($0.message.prefix(17))" }
                == [
                    "", "community", "community.grids[0]", building, "\(building).units[0]", "\(building).units[0].dwellings[0]",
                    "residents[0]", "devices[0]", "contacts[0]", "contacts[0].methods[0]",
                    "contacts[0].quiet_hours",
                ].map { "\($0): unknown key \"zzz\"" })
    }
}
