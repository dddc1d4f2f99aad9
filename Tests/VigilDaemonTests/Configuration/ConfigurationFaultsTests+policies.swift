import VigilCore

extension ConfigurationFaultsTests {
    static let rules = [
        Case(
            "rules: [{detector: sos, severity: red}]\n",
            #"v.yaml:5:9: rules[0]: "id" is missing; write id: a name of your own, such as night-absence"#),
        Case(
            "rules: [{id: a, severity: red}]\n",
            #"v.yaml:5:9: rules[0]: "detector" is missing; write detector: what it looks for, such as smoke or absence"#),
        Case("rules: [{id: a, detector: fal, severity: red}]\n", "v.yaml:5:9: rules[0].detector: unknown detector"),
        Case(
            "rules: [{id: a, detector: sos}]\n", #"v.yaml:5:9: rules[0]: "severity" is missing; write severity: red, yellow or blue"#),
        Case(
            "rules: [{id: a, detector: sos, severity: yelow}]\n",
            #"v.yaml:5:42: rules[0].severity: unknown value "yelow"; did you mean "yellow"? known: blue, red, yellow"#),
        Case(
            "rules: [{id: a, detector: sos, severity: red}, {id: a, detector: sos, severity: red}]\n",
            #"v.yaml:5:53: rules[1].id: another rule is called "a" already in v.yaml:5; give each an id of its own"#),
        Case(
            "rules: [{id: a, detector: sos, severity: red, scope: some}]\n",
            #"v.yaml:5:54: rules[0].scope: "some" is no scope; write all, {grids: [ID, ...]} or {residents: [ID, ...]}"#),
        Case(
            "rules: [{id: a, detector: sos, severity: red, scope: {grids: [a], residents: [b]}}]\n",
            "v.yaml:5:54: rules[0].scope: name either grids or residents, at least one; write scope: all for everybody"),
        Case(
            "rules: [{id: a, detector: sos, severity: red, shadow: yes}]\n",
            #"v.yaml:5:55: rules[0].shadow: "yes" stands where true or false is wanted"#),
        Case(
            "rules: [{id: a, detector: sos, severity: red, message: {en: hi}}]\n",
            #"v.yaml:5:56: rules[0].message: "zh-CN" is missing; write zh-CN: "what to say""#),
        Case(
            "rules: [{id: smoke, detector: smoke, severity: red, shadow: true}]\n",
            "v.yaml:5:8: rules: warning: no red rule with detector smoke is in force: such an alarm would reach nobody in time; add one",
            "v.yaml:5:61: rules[0].shadow: warning: a red rule in the shadow tells nobody; remove shadow: true once it is tried out"),
        Case(
            "rules: [{id: fall, detector: fall, severity: yellow}]\n",
            "v.yaml:5:8: rules: warning: no red rule with detector fall is in force: such an alarm would reach nobody in time; add one"),
        Case(
            "rules: [{id: sos, detector: sos, severity: red, scope: {grids: [g1]}}]\n",
            "v.yaml:5:8: rules: warning: the rules with detector sos do not cover everybody; give one of them scope: all"),
        Case(
            "rules: [{id: device-silent, detector: device, severity: yellow, shadow: true}]\n",
            "v.yaml:5:8: rules: warning: no rule with detector device is in force: a dead sensor would look like a quiet home; add one"),
    ]

    /// The blue policy with these keys, which begin in column 23 of line 5.
    private static func blue(_ keys: String, _ expected: String...) -> Case {
        var fault = Case("policies: [{id: blue, \(keys)}]\n")
        fault.expected = expected
        return fault
    }

    /// The red policy with these keys and sound steps; the keys begin in column 94 of line 5.
    private static func red(_ keys: String, _ expected: String...) -> Case {
        var fault = Case(
            "policies: [{id: red, steps: [{after: 0s, notify: family}, {after: 1m, notify: grid_officer}], \(keys)}]\n")
        fault.expected = expected
        return fault
    }

    static let policies = [
        blue(
            "steps: []",
            "v.yaml:5:30: policies[0].steps: a policy without steps tells nobody; write steps: [{after: 0s, notify: [grid_officer]}]"),
        blue(
            "steps: [{after: 0s, notify: [grid_oficer]}]",
            #"v.yaml:5:52: policies[0].steps[0].notify[0]: unknown recipient "grid_oficer"; did you mean "grid_officer"? known: building_captain, clinic, community_lead, family, grid_officer, installer, property_desk, contact:ID or roster:ID"#
        ),
        blue(
            "steps: [{after: 0s, notify: \"contact:\"}]",
            #"v.yaml:5:51: policies[0].steps[0].notify[0]: unknown recipient "contact:"; known: building_captain, clinic, community_lead, family, grid_officer, installer, property_desk, contact:ID or roster:ID"#
        ),
        blue(
            "steps: [{after: 0s, notify: [family, family]}]",
            "v.yaml:5:60: policies[0].steps[0].notify[1]: stands in this step twice; keep one of them"),
        blue(
            "steps: [{after: 0s, notify: family}, {after: 9s, notify: []}]",
            "v.yaml:5:80: policies[0].steps[1].notify: the last step tells nobody, and an alert that nobody takes would end there; write notify: [community_lead]"
        ),
        blue(
            "steps: [{after: 0s}, {after: 9s, notify: family}]",
            "v.yaml:5:31: policies[0].steps[0].notify: warning: the step tells nobody and is skipped; write notify: [ROLE, contact:ID or roster:ID]"
        ),
        blue(
            "steps: [{after: 9s, notify: family}, {after: 9s, notify: clinic}]",
            "v.yaml:5:68: policies[0].steps[1].after: 9s is not later than the step before, 9s; write the steps in order",
            "v.yaml:5:30: policies[0].steps[0].after: warning: the first step comes at once, and 9s is not waited for; write after: 0s for the first step that tells somebody"
        ),
        blue(
            "steps: [{notify: family}]",
            #"v.yaml:5:31: policies[0].steps[0]: "after" is missing; write after: 0s, the time since the alert was raised"#),
        blue("lease: 0s, steps: [{after: 0s, notify: family}]", "v.yaml:5:30: policies[0].lease: 0s is out of range; write 5s to 7d"),
        blue(
            "repeat: 1m, steps: [{after: 0s, notify: family}]",
            #"v.yaml:5:23: policies[0]: unknown key "repeat"; known: attending_lease, close_after_cleared, id, lease, quiet_cap, reopen_window, repeat_every, steps"#
        ),
        red(
            "lease: 1m",
            "v.yaml:5:12: policies[0].repeat_every: warning: red is not repeated: one overlooked message would be the last; write repeat_every: 2m"
        ),
        red(
            "repeat_every: 1h", "v.yaml:5:109: policies[0].repeat_every: warning: red rings again only every 1h; write 2m, at most 10m"),
        red(
            "repeat_every: 1m, lease: 1h",
            "v.yaml:5:120: policies[0].lease: warning: who accepts a red alert and falls asleep holds it for 1h; write 3m, at most 10m"),
        red(
            "repeat_every: 1m, close_after_cleared: 1m",
            "v.yaml:5:134: policies[0].close_after_cleared: warning: a red alert never closes by itself, so this does nothing; remove it"
        ),
        Case(
            "policies: [{id: red, repeat_every: 1m, steps: [{after: 0s, notify: family}]}]\n",
            "v.yaml:5:47: policies[0].steps: warning: red has one step only: whoever does not answer is the last to be asked; add a step for somebody else"
        ),
        Case(
            "policies: [{id: red, repeat_every: 1m, steps: [{after: 0s, notify: family}, {after: 20m, notify: clinic}]}]\n",
            "v.yaml:5:47: policies[0].steps: warning: the last step of red comes only after 20m; write at most 15m"),
        Case(
            "policies: [{id: night, steps: [{after: 0s, notify: family}]}]\n",
            "v.yaml:5:17: policies[0]: warning: no severity uses this policy; name it under severities or technical, or remove it"),
        Case(
            "severities: {red: rad}\n",
            #"v.yaml:5:19: severities.red: unknown policy "rad"; did you mean "red"? known: blue, red, technical, yellow"#),
        Case("severities: {orange: red}\n", #"v.yaml:5:14: severities: unknown key "orange"; known: blue, red, yellow"#),
        Case("technical: none\n", #"v.yaml:5:12: technical: unknown policy "none"; known: blue, red, technical, yellow"#),
    ]
}
