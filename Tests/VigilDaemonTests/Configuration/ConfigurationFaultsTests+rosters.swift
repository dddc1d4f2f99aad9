import VigilCore

extension ConfigurationFaultsTests {
    private static let named = "policies: [{id: blue, steps: [{after: 0s, notify: [\"roster:duty\", grid_officer]}]}]\n"

    /// A roster that a policy names, whose id begins in column 12 of line 6 and these keys in column 22.
    private static func roster(_ keys: String, _ expected: String...) -> Case {
        var fault = Case("\(named)rosters: [{id: duty, \(keys)}]\n")
        fault.expected = expected
        return fault
    }

    static let rosters = [
        roster(#"shifts: [{from: "08:00", to: "08:00", contacts: a}]"#),
        roster(
            "shifts: []",
            #"v.yaml:6:30: rosters[0].shifts: nobody ever stands in this roster; write shifts: [{from: "08:00", to: "20:00", contacts: [ID]}]"#
        ),
        roster(
            #"time_zone: Asia/Shanghia, shifts: [{from: "08:00", to: "08:00", contacts: a}]"#,
            #"v.yaml:6:33: rosters[0].time_zone: unknown time zone "Asia/Shanghia"; did you mean "Asia/Shanghai"?"#),
        roster(
            #"shifts: [{days: [mon, dinsdag], from: "25:00", contacts: []}]"#,
            #"v.yaml:6:31: rosters[0].shifts[0]: "to" is missing; write to: "08:00""#,
            #"v.yaml:6:44: rosters[0].shifts[0].days[1]: unknown day "dinsdag"; known: fri, mon, sat, sun, thu, tue, wed"#,
            #"v.yaml:6:60: rosters[0].shifts[0].from: "25:00" is no time of day; write "00:00" to "24:00""#,
            "v.yaml:6:79: rosters[0].shifts[0].contacts: names nobody; write contacts: [ID] with ids of the registry, in the order in which they are told"
        ),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: [a, a]}]"#,
            #"v.yaml:6:74: rosters[0].shifts[0].contacts[1]: "a" stands here twice; keep one of them"#),
        roster(
            #"shifts: [{days: [mon, tue, wed, thu, fri], from: "08:00", to: "08:00", contacts: a}]"#,
            "v.yaml:6:30: rosters[0].shifts: warning: nobody stands from sat 08:00 to mon 08:00; lengthen a shift, or add one"),
        roster(
            #"shifts: [{from: "08:00", to: "20:00", contacts: a}, {from: "19:30", to: "08:00", contacts: b}]"#,
            "v.yaml:6:74: rosters[0].shifts[1]: warning: stands together with shifts[0] from mon 19:30 to mon 20:00; let one end where the other begins, or name both people in one shift"
        ),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: a}], holidays: [{dates: [2026-02-17, 2026-02-30], like: sun}]"#,
            #"v.yaml:6:107: rosters[0].holidays[0].dates[1]: "2026-02-30" is no day of the calendar; write 2026-02-17"#),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: a}], holidays: [{dates: [2026-02-17, 2026-02-17], like: sun}]"#,
            "v.yaml:6:107: rosters[0].holidays[0].dates[1]: 2026-02-17 is a holiday of this roster already; keep one of them"),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: a}], holidays: [{dates: 2026-02-17}]"#,
            "v.yaml:6:86: rosters[0].holidays[0]: write either shifts: of its own, or like: sun for those of another day"),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: a}], holidays: [{dates: 2026-02-17, shifts: {from: "08:00", to: "20:00", contacts: a}}]"#,
            "v.yaml:6:94: rosters[0].holidays[0].dates[0]: warning: nobody stands from 2026-02-17 20:00 to 2026-02-18 08:00; lengthen a shift of this holiday, or add one"
        ),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: a}], overrides: [{from: 2026-02-17 08:00, to: 2026-02-17T08:00, contacts: b}]"#,
            "v.yaml:6:116: rosters[0].overrides[0].to: 2026-02-17 08:00 is not later than 2026-02-17 08:00, so nobody would ever stand in; write a later moment"
        ),
        roster(
            #"shifts: [{from: "08:00", to: "08:00", contacts: a}], overrides: [{from: soon, to: 2026-02-17T08:00, contacts: b}]"#,
            #"v.yaml:6:94: rosters[0].overrides[0].from: "soon" is no day and time; write 2026-02-17 08:00"#),
        Case(
            #"rosters: [{id: duty, shifts: {from: "08:00", to: "08:00", contacts: a}}]"# + "\n",
            "v.yaml:5:16: rosters[0]: warning: no step of a policy names this roster; write roster:duty into one, or remove it"),
        Case(
            named,
            #"v.yaml:5:52: policies[0].steps[0].notify[0]: unknown roster "duty"; write it under rosters"#),
        Case(
            named + #"rosters: [{id: duties, shifts: {from: "08:00", to: "08:00", contacts: a}}]"# + "\n",
            #"v.yaml:5:52: policies[0].steps[0].notify[0]: unknown roster "duty"; known: duties"#,
            "v.yaml:6:16: rosters[0]: warning: no step of a policy names this roster; write roster:duties into one, or remove it"),
        Case(
            #"policies: [{id: blue, steps: [{after: 0s, notify: "roster:duty"}]}]"# + "\n"
                + #"rosters: [{id: duty, shifts: {from: "08:00", to: "20:00", contacts: a}}]"# + "\n",
            "v.yaml:5:30: policies[0].steps[0].notify: the last step tells only whom a roster names, and nobody stands in it from mon 20:00 to tue 08:00, from tue 20:00 to wed 08:00, from wed 20:00 to thu 08:00, from thu 20:00 to fri 08:00, from fri 20:00 to sat 08:00, from sat 20:00 to sun 08:00, from sun 20:00 to mon 08:00; name a role or contact:ID as well, or fill the roster",
            "v.yaml:6:30: rosters[0].shifts: warning: nobody stands from mon 20:00 to tue 08:00, from tue 20:00 to wed 08:00, from wed 20:00 to thu 08:00, from thu 20:00 to fri 08:00, from fri 20:00 to sat 08:00, from sat 20:00 to sun 08:00, from sun 20:00 to mon 08:00; lengthen a shift, or add one"
        ),
    ]
}
