extension ConfigurationFaultsTests {
    static let watches = [
        Case(
            "watches: [{id: w}]",
            #"v.yaml:5:11: watches[0]: "listen" is missing; write listen: an address of this box with a port, such as 10.8.0.1:8001"#),
        Case(
            "watches: [{id: w, listen: box:8001}]",
            #"v.yaml:5:27: watches[0].listen: "box:8001" is no numeric address with a port; write 10.8.0.1:8001 or [fd00::1]:8001"#),
        Case(
            "watches: [{id: w, listen: 10.8.0.1:8001, max_connections: 0}]",
            "v.yaml:5:59: watches[0].max_connections: 0 is out of range; write 1 to 512"),
        Case(
            "watches: [{id: main, listen: 10.8.0.1:8001}]",
            #"v.yaml:5:16: watches[0].id: a broker is called "main" already; give each an id of its own"#),
        Case(
            "watches: [{id: a, listen: 10.8.0.1:8001}, {id: b, listen: 10.8.0.1:8001}]",
            "v.yaml:5:59: watches[1].listen: another entry listens on 10.8.0.1:8001 already; write another port"),
        Case(
            "watches: [{id: w, listen: 0.0.0.0:8001}]",
            "v.yaml:5:27: watches[0].listen: warning: a watch proves nothing about itself, and every network of the box can now speak as any "
                + "watch; write the address that the VPN or private APN of the watches reaches"),
    ]
}
