import Testing
import VigilCore
import VigilTesting

struct SetupLintTests {
    typealias Change = @Sendable (inout RuleSet, inout Registry) -> Void

    /// A trap, a set-up that has it, and the nearest one that has not.
    struct Case: Sendable, CustomTestStringConvertible {
        let trap: String
        let path: String
        let hit: Change
        let nearMiss: Change

        var testDescription: String { trap }
    }

    private static func red(_ change: @escaping @Sendable (inout EscalationPolicy) -> Void) -> Change {
        { rules, _ in change(&rules.policies[0]) }
    }

    private static let policies = [
        Case(
            trap: "first_step_waits", path: "policies.red.steps[0].after", hit: red { $0.steps[0].after = .seconds(1) },
            nearMiss: red { $0.steps[0].after = .zero }),
        Case(
            trap: "red_not_repeated", path: "policies.red.repeat_every", hit: red { $0.repeatEvery = nil },
            nearMiss: red { $0.repeatEvery = .hours(1) }),
        Case(
            trap: "red_repeats_slowly", path: "policies.red.repeat_every", hit: red { $0.repeatEvery = .seconds(601) },
            nearMiss: red { $0.repeatEvery = .minutes(10) }),
        Case(
            trap: "long_lease", path: "policies.red.lease", hit: red { $0.lease = .seconds(601) },
            nearMiss: red { $0.lease = .minutes(10) }
        ),
        Case(
            trap: "red_never_closes", path: "policies.red.close_after_cleared", hit: red { $0.closeAfterCleared = .minutes(1) },
            nearMiss: { rules, _ in rules.policies[1].closeAfterCleared = .minutes(1) }),
        Case(
            trap: "late_last_step", path: "policies.red.steps", hit: red { $0.steps[2].after = .seconds(901) },
            nearMiss: red { $0.steps[2].after = .minutes(15) }),
        Case(
            trap: "one_step", path: "policies.red.steps", hit: red { $0.steps.removeLast(2) }, nearMiss: red { $0.steps.removeLast() }),
        Case(
            trap: "unused_policy", path: "policies.night", hit: { rules, _ in rules.policies.append(policy("night")) },
            nearMiss: { rules, _ in
                rules.policies.append(policy("night"))
                rules.technicalPolicy = "night"
                rules.policies.removeAll { $0.id == "technical" }
            }),
    ]

    private static let setups = [
        Case(
            trap: "short_attending_lease", path: "policies.red.attending_lease", hit: red { $0.attendingLease = .seconds(179) },
            nearMiss: red { $0.attendingLease = .seconds(180) }),
        Case(
            trap: "no_reopening", path: "policies.red.reopen_window", hit: red { $0.reopenWindow = .zero },
            nearMiss: red { $0.reopenWindow = .minutes(1) }),
        Case(
            trap: "cap_below_repeats", path: "policies.red.repeat_every", hit: red { $0.repeatEvery = .seconds(60) },
            nearMiss: red { $0.repeatEvery = .seconds(61) }),
        Case(
            trap: "long_absence", path: "rules.absence",
            hit: { rules, _ in rules.rules[4].settings = Setting(["after": "25h"]) },
            nearMiss: { rules, _ in rules.rules[4].settings = Setting(["after": "24h"]) }),
        Case(
            trap: "lone_person", path: "policies.red.steps",
            hit: red { for index in $0.steps.indices { $0.steps[index].notify = [.contact("lead")] } },
            nearMiss: red {
                for index in $0.steps.indices { $0.steps[index].notify = [.contact("lead")] }
                $0.steps[2].notify = [.contact("second")]
            }),
        Case(
            trap: "lone_person", path: "policies.red.steps",
            hit: { rules, registry in
                common(&registry)
                for index in rules.policies[0].steps.indices {
                    rules.policies[0].steps[index].notify = [.role(.family), .contact("lead")]
                }
                registry.residents[1].contacts = ["son"]
            },
            nearMiss: { rules, registry in
                common(&registry)
                registry.residents[1].contacts = ["son"]
            }),
        Case(
            trap: "nameless_kind", path: "rules.cold",
            hit: { rules, _ in rules.rules.append(cold) },
            nearMiss: { rules, _ in
                var named = cold
                named.message = LocalizedText(zh: "室温过低", en: "the flat is cold")
                rules.rules.append(named)
            }),
        Case(
            trap: "same_people_again", path: "policies.red.steps[1].notify", hit: red { $0.steps[1].notify = [.role(.gridOfficer)] },
            nearMiss: red { $0.steps[1].notify = [.role(.gridOfficer), .contact("second")] }),
        Case(
            trap: "no_family", path: "residents", hit: { _, _ in },
            nearMiss: { _, registry in registry.residents[1].contacts = ["son"] }),
        Case(
            trap: "no_second_officer", path: "contacts", hit: { _, _ in },
            nearMiss: { _, registry in registry.contacts[1].grids = ["g1"] }),
        Case(
            trap: "roster_of_one", path: "rosters[0].shifts[0].contacts[0]", hit: roster(["officer", "officer"]),
            nearMiss: roster(["officer", "second"])),
        Case(
            trap: "everybody_sleeps", path: "policies.yellow.quiet_cap",
            hit: { rules, registry in
                rules.policies[1].quietCap = .hours(2)
                for index in registry.contacts.indices { registry.contacts[index].quietHours = night }
            },
            nearMiss: { rules, registry in
                rules.policies[1].quietCap = .hours(2)
                for index in registry.contacts.indices.dropFirst() { registry.contacts[index].quietHours = night }
            }),
        Case(
            trap: "one_way_to_reach", path: "contacts", hit: { _, _ in },
            nearMiss: { _, registry in
                for index in registry.contacts.indices {
                    registry.contacts[index].methods = [method("push", "p\(index)"), method("sms", "s\(index)")]
                }
            }),
        Case(
            trap: "one_channel_for_all", path: "policies.red.steps",
            hit: { _, registry in
                for index in registry.contacts.indices { registry.contacts[index].methods = [method("push", "p\(index)")] }
            },
            nearMiss: { _, registry in
                for index in registry.contacts.indices.dropLast() { registry.contacts[index].methods = [method("push", "p\(index)")] }
            }),
        Case(
            trap: "shared_address", path: "contacts",
            hit: { _, registry in
                registry.contacts[0].phone = "139 0000 0007"
                registry.contacts[1].phone = "139-0000-0007"
            },
            nearMiss: { _, registry in
                registry.contacts[0].phone = "139 0000 0007"
                registry.contacts[1].phone = "139 0000 0008"
                // Another system, which reaches both.
                for index in 0...1 { registry.contacts[index].methods = [method("push", "https://hook.example.org")] }
            }),
        Case(
            trap: "rule_for_nobody", path: "rules.absence.scope", hit: { rules, _ in rules.rules[4].scope = .grids(["g2"]) },
            nearMiss: { rules, _ in rules.rules[4].scope = .grids(["g1"]) }),
        Case(
            trap: "no_device", path: "residents", hit: { _, registry in registry.devices.removeLast(5) },
            nearMiss: { _, registry in registry.devices.removeLast(4) }),
        Case(
            trap: "no_liveness", path: "devices",
            hit: { _, registry in for index in registry.devices.indices { registry.devices[index].liveness = .oneWay } },
            nearMiss: { _, registry in
                for index in registry.devices.indices { registry.devices[index].liveness = .oneWay }
                registry.devices[0].silentAfter = .hours(1)
                registry.devices[5].silentAfter = .hours(1)
            }),
    ]

    /// A detector in a room where nobody lives.
    private static func common(_ registry: inout Registry) {
        registry.community.grids[0].buildings[0].units[0].dwellings.append(Dwelling(id: "hall", name: "hall"))
        registry.devices.append(
            Device(id: "smoke9", address: TextDecoder.address("smoke9"), dwelling: "hall", liveness: .sleepySmoke))
    }

    private static let cold = Rule(
        id: "cold", detector: "threshold", severity: .yellow,
        settings: Setting([
            "observation": "temperature_c", "below": .number(10), "clear_above": .number(12), "for": "10m", "kind": "room_cold",
        ]))

    private static let night = TimeOfDay(text: "22:00").flatMap { from in
        TimeOfDay(text: "07:00").map { QuietHours(from: from, to: $0) }
    }

    private static func method(_ channel: ChannelID, _ address: String) -> ContactMethod {
        ContactMethod(channel: channel, address: address)
    }

    private static func policy(_ id: PolicyID) -> EscalationPolicy {
        var policy = SmallCommunity.technicalPolicy
        policy.id = id
        return policy
    }

    private static func roster(_ people: [ContactID]) -> Change {
        { rules, _ in
            let noon = TimeOfDay(rawValue: 720)
            let shifts = people.map { Roster.Shift(from: noon, to: noon, contacts: [$0]) }
            rules.rosters = [Roster(id: "duty", timeZone: "Asia/Shanghai", shifts: shifts)]
            rules.policies[0].steps[0].notify = [.roster("duty")]
        }
    }

    private func traps(_ change: Change) -> [SetupTrap] {
        var (rules, registry) = (SmallCommunity.rules(), SmallCommunity.registry())
        change(&rules, &registry)
        return SetupLint.traps(in: rules, for: registry, builtIn: [])
    }

    @Test("each trap is named where it stands, and its nearest harmless neighbour is not", arguments: policies + setups)
    func named(trap: Case) {
        let hits = traps(trap.hit).filter { $0.trap == trap.trap }
        let misses = traps(trap.nearMiss).filter { $0.trap == trap.trap }

        #expect(hits.map(\.path) == [trap.path])
        #expect(misses.isEmpty, "\(misses)")
    }

    @Test("what is wrong whoever the people are is found without them, and nothing else", arguments: policies)
    func withoutPeople(trap: Case) {
        var (rules, registry) = (SmallCommunity.rules(), SmallCommunity.registry())
        trap.hit(&rules, &registry)

        #expect(SetupLint.traps(in: rules, builtIn: []).map(\.trap).contains(trap.trap))
        #expect(Set(SetupLint.traps(in: rules, builtIn: []).map(\.trap)).isDisjoint(with: Self.setups.map(\.trap)))
    }

    @Test("a built-in policy that nobody uses is no trap")
    func builtIn() {
        var rules = SmallCommunity.rules()
        rules.policies.append(Self.policy("night"))

        #expect(SetupLint.traps(in: rules, builtIn: ["night"]).isEmpty)
    }
}
