import VigilCore

extension ConfigurationFaultsTests {
    /// A siren with these keys, which begin in column 12 of line 6; the red policy sets it off.
    private static func siren(_ keys: String, _ expected: String...) -> Case {
        var fault = Case(
            "policies: [{id: red, steps: [{after: 0s, notify: family, act: siren}, {after: 1m, notify: grid_officer}], repeat_every: 2m}]\n"
                + "actions: [{\(keys)}]\n")
        fault.expected = expected
        return fault
    }

    static let heartbeat = [
        Case("heartbeat: {url: \"https://hc-ping.com/x\", every: 30s, timeout: 5s, proxy: \"http://p:1\"}\n"),
        Case(
            "heartbeat: {every: 60s}\n",
            #"v.yaml:5:12: heartbeat: "url_file" is missing; write url_file: a file that holds the monitor's address"#),
        Case(
            "heartbeat: {url: \"hc-ping.com/x\"}\n",
            "v.yaml:5:18: heartbeat.url: the address begins with neither http:// nor https://; write for example https://hc-ping.com/UUID"
        ),
        Case(
            "heartbeat: {url: \"https://kuma/api/push/x?status=up\"}\n",
            "v.yaml:5:18: heartbeat.url: the address has a query, and /fail cannot be put behind it; write it without"),
        Case(
            "heartbeat: {url: \"https://h/x\", every: 11m}\n", "v.yaml:5:40: heartbeat.every: 11m is out of range; write 10s to 10m"),
        Case(
            "heartbeat: {url_file: /nowhere/heartbeat}\n",
            #"v.yaml:5:23: heartbeat.url_file: "/nowhere/heartbeat" cannot be read; check that it exists and that this user may read it"#
        ),
        Case(
            "heartbeat: {url: \"https://u:p@h/x\"}\n",
            "v.yaml:5:18: heartbeat.url: a password stands in this address; remove it and write a *_file key, see docs/configuration.md"
        ),
    ]

    static let actions = [
        siren("id: siren, topic: site/siren, payload: ON"),
        siren(
            "id: siren, topic: zigbee2mqtt/siren/set, payload: ON, release: OFF, qos: 0, retain: false, timeout: 20s, in_drills: true, acknowledge: {topic: zigbee2mqtt/siren, contains: alarm}"
        ),
        siren(
            "id: siren, topic: zigbee2mqtt/siren, payload: ON",
            #"v.yaml:6:30: actions[0].topic: Vigil hears "zigbee2mqtt/siren" as the word of a device (zigbee2mqtt/#) and would answer itself; write the device's own command topic"#
        ),
        siren(
            "id: siren, topic: site/+/set, payload: ON",
            #"v.yaml:6:30: actions[0].topic: "site/+/set" is no single topic; write it without + # and empty levels"#),
        siren(
            "id: siren, payload: ON",
            #"v.yaml:6:11: actions[0]: "topic" is missing; write topic: an MQTT topic, such as zigbee2mqtt/siren/set"#),
        siren(
            "id: siren, topic: site/siren",
            #"v.yaml:6:11: actions[0]: "payload" is missing; write payload: what the device takes, such as "ON""#),
        siren(
            "id: siren, topic: site/siren, payload: ON, broker: man",
            #"v.yaml:6:63: actions[0].broker: unknown broker "man"; did you mean "main"? known: main"#),
        siren("id: siren, topic: site/siren, payload: ON, qos: 2", "v.yaml:6:60: actions[0].qos: 2 is out of range; write 0 to 1"),
        siren(
            "id: siren, topic: site/siren, payload: ON, retain: true",
            "v.yaml:6:63: actions[0].retain: a broker that keeps it would set it off again whenever the device connects; remove it"),
        siren(
            "id: siren, topic: site/siren, payload: ON, timeout: 21s",
            "v.yaml:6:64: actions[0].timeout: 21s is out of range; write 1s to 20s"),
        siren(
            "id: siren, topic: site/siren, payload: ON, acknowledge: {topic: site/siren}",
            "v.yaml:6:68: actions[0].acknowledge.topic: is what the action itself is published to: it would acknowledge itself; write the topic on which the device answers"
        ),
        siren(
            "id: siren, topic: site/siren, payload: ON, acknowledge: {topic: \"site/#\"}",
            ##"v.yaml:6:76: actions[0].acknowledge.topic: "site/#" is no single topic; write it without + # and empty levels"##),
        siren(
            "id: siren, topic: site/siren, payload: ON, acknowledge: {topic: \"site/#\", contains: on}",
            ##"v.yaml:6:76: actions[0].acknowledge.topic: "site/#" is no single topic; write it without + # and empty levels"##),
        siren(
            "id: siren, topic: site/siren, payload: ON, acknowledge: {topic: site/state, contains: \"\"}",
            "v.yaml:6:98: actions[0].acknowledge.contains: is a part of everything, so that anything would acknowledge it; write what only the device's answer holds"
        ),
        siren(
            "id: siren, topic: $CONTROL/dynamic-security/v1, payload: ON",
            #"v.yaml:6:30: actions[0].topic: "$CONTROL/dynamic-security/v1" is the broker's own; write a device's topic"#),
        siren(
            "id: siren, topic: site/siren, payload: ON, acknowledge: {topic: $share/g/x}",
            #"v.yaml:6:76: actions[0].acknowledge.topic: "$share/g/x" is the broker's own; write a device's topic"#),
        siren(
            "id: siren, topic: vigil/out/band-1/receipt, payload: ON",
            #"v.yaml:6:30: actions[0].topic: "vigil/out/band-1/receipt" is where Vigil answers devices (vigil/out/#); write a device's topic"#
        ),
        siren(
            "id: siren, topic: site/siren, payload: ON, acknowledge: {topic: site/lamp}}, {id: lamp, topic: site/lamp, payload: ON",
            #"v.yaml:6:68: actions[0].acknowledge.topic: is what action "lamp" is published to: that would acknowledge this one; write the topic on which the device answers"#,
            "v.yaml:6:94: actions[1]: warning: nothing sets it off; name it in a step's act or under nobody_reachable, or remove it"),
        siren(
            "id: siren, topic: site/siren, payload: ON}, {id: siren, topic: site/lamp, payload: ON",
            #"v.yaml:6:61: actions[1].id: another action is called "siren" already in v.yaml:6; give each an id of its own"#),
        siren(
            "id: siren, topic: site/siren, payload: ON}, {id: lamp, topic: site/lamp, payload: ON",
            "v.yaml:6:61: actions[1]: warning: nothing sets it off; name it in a step's act or under nobody_reachable, or remove it"),
        siren(
            "id: sirens, topic: site/siren, payload: ON",
            #"v.yaml:5:63: policies[0].steps[0].act[0]: unknown action "siren"; did you mean "sirens"? known: sirens"#,
            "v.yaml:6:16: actions[0]: warning: nothing sets it off; name it in a step's act or under nobody_reachable, or remove it"),
        Case(
            "nobody_reachable: {act: [siren]}\n",
            #"v.yaml:5:26: nobody_reachable.act[0]: unknown action "siren"; write it under actions"#),
        Case(
            "nobody_reachable: {act: [siren, siren]}\nactions: [{id: siren, topic: site/siren, payload: ON}]\n",
            "v.yaml:5:33: nobody_reachable.act[1]: stands here twice; keep one of them"),
        Case("nobody_reachable: {tell: me}\n", #"v.yaml:5:20: nobody_reachable: unknown key "tell"; known: act"#),
        Case(
            """
            policies: [{id: blue, steps: [{after: 0s, notify: family}, {after: 1m, act: siren}]}]
            actions: [{id: siren, topic: site/siren, payload: ON}]

            """,
            "v.yaml:5:60: policies[0].steps[1].notify: the last step tells nobody, and an alert that nobody takes would end there; write notify: [community_lead]"
        ),
        Case(
            """
            policies: [{id: blue, steps: [{after: 0s, act: siren}, {after: 1m, notify: family}]}]
            actions: [{id: siren, topic: site/siren, payload: ON}]

            """,
            "v.yaml:5:30: policies[0].steps[1].after: warning: nobody is told in the first 1m; write after: 0s for the first step that tells somebody"
        ),
        Case(
            """
            channels: [{id: desk, kind: mqtt}]
            brokers: [{id: main, host: 127.0.0.1, topics: [{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}]}]
            nobody_reachable: {act: siren}
            actions: [{id: siren, topic: vigil/alerts/x/accept, payload: ON}]
            """,
            #"v.yaml:4:30: actions[0].topic: Vigil hears "vigil/alerts/x/accept" as somebody's acceptance (vigil/alerts/+/accept); write another topic"#,
            isWhole: true),
        Case(
            """
            channels: [{id: desk, kind: mqtt}]
            brokers: [{id: main, host: 127.0.0.1, topics: [{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}]}]
            nobody_reachable: {act: siren}
            actions: [{id: siren, topic: vigil/alerts/desk/x, payload: ON}]
            """,
            #"v.yaml:4:30: actions[0].topic: "vigil/alerts/desk/x" is where Vigil tells of alerts (vigil/alerts/#); write a device's topic"#,
            isWhole: true),
        Case(
            """
            channels: [{id: push, kind: ntfy}]
            brokers: [{id: main, host: 127.0.0.1, publish: false, topics: [{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}]}]
            nobody_reachable: {act: siren}
            actions: [{id: siren, topic: site/siren, payload: ON}]
            """,
            "v.yaml:4:11: actions[0]: no broker to publish on; write broker: ID, or publish: true at one of the brokers", isWhole: true),
    ]
}
