extension ConfigurationFaultsTests {
    static let bluetooth = [
        Case(
            "bluetooth: {scan: passive}",
            "v.yaml:5:12: bluetooth.adapters: names no adapter, and nothing could be heard; write adapters: [hci0], or "
                + #"["h4:/dev/ttyACM0"] for a controller on a serial line"#),
        Case(
            "bluetooth: {adapters: [hci0, bt1]}",
            #"v.yaml:5:30: bluetooth.adapters[1]: "bt1" is no adapter; write hci0, h4:/dev/ttyACM0, h4:/dev/ttyS1@921600,rtscts, "#
                + "h4:tcp:10.8.0.9:7000 or h4:unix:/run/radio.sock"),
        Case(
            "bluetooth: {adapters: [hci0, hci0]}", #"v.yaml:5:30: bluetooth.adapters[1]: "hci0" stands here twice; remove one"#),
        Case(
            #"bluetooth: {adapters: ["h4:/dev/a-b", "h4:/dev/a/b"]}"#,
            "v.yaml:5:23: bluetooth.adapters: h4:/dev/a-b and h4:/dev/a/b would both be called ble-h4-dev-a-b; "
                + "give one of them another path, such as a symbolic link"),
        Case(
            "bluetooth: {id: main, adapters: [hci0]}",
            #"v.yaml:5:17: bluetooth.id: another source is called "main" already; give each an id of its own"#),
        Case(
            "bluetooth: {adapters: [hci0], scan: pasive}",
            #"v.yaml:5:37: bluetooth.scan: unknown value "pasive"; did you mean "passive"? known: active, passive"#),
        Case(
            "bluetooth: {adapters: [hci0], keys_file: nowhere}",
            #"v.yaml:5:42: bluetooth.keys_file: "/etc/vigil/nowhere" cannot be read; check that it exists and that this user may read it"#
        ),
    ]
}
