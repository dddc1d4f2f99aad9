/// A configuration and a registry that belong together.
enum Site {
    static func configuration(state: String = "state") -> String {
        """
        state_directory: \(state)
        control_socket: control.sock
        alert_log: alerts.log
        brokers:
          - id: home
            host: 127.0.0.1
            topics:
              - {filter: zigbee2mqtt/#, dialect: zigbee2mqtt}
        channels:
          - {id: push, kind: ntfy, server: "https://ntfy.example.org", reply_topic: replies}
        policies:
          - id: red
            steps:
              - {after: 0s, notify: [grid_officer]}
              - {after: 60s, notify: [grid_officer]}
            repeat_every: 2m
            lease: 3m
            attending_lease: 15m
            reopen_window: 30m
          - id: yellow
            steps: [{after: 0s, notify: [grid_officer]}]
            repeat_every: 15m
            lease: 30m
            attending_lease: 1h
            reopen_window: 2h
          - id: blue
            steps: [{after: 0s, notify: [grid_officer]}]
            repeat_every: 1d
            lease: 1d
            attending_lease: 1d
            reopen_window: 1d
          - id: technical
            steps: [{after: 0s, notify: [grid_officer]}]
            lease: 8h
            attending_lease: 8h
            reopen_window: 2h

        """
    }

    static let registry = """
        community:
          name: Riverside
          grids:
            - id: g1
              name: First
              buildings:
                - id: b1
                  name: "1"
                  units:
                    - id: u1
                      name: "1"
                      dwellings:
                        - {id: d1, name: "1-1-101"}
        residents:
          - {id: r1, name: Wang Lan, dwelling: d1}
        devices:
          - {id: kitchen, dialect: zigbee2mqtt, address: kitchen, dwelling: d1, liveness: sleepy_smoke}
        contacts:
          - {id: officer, name: Zhao, role: grid_officer, grids: [g1], language: en, methods: [{channel: push, address: zhao}]}

        """
}
