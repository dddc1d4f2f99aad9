import VigilCore

/// What holds where a configuration says nothing: written like a configuration, read by the same reader.
///
/// Rules and policies are replaced one by one, by their ids, so that a file that adds a rule does not lose the smoke alarm. The example
/// in `config/vigil.yaml` repeats all of this with reasons; a test keeps the two equal.
enum ConfigurationDefaults {
    /// What their marks name as the file.
    static let file = "built-in defaults"

    static func tree(_ faults: FaultList) -> Setting {
        YAMLSettings.parse(Array(text.utf8), file: file, faults: faults) ?? Setting(.map([]))
    }

    private static let text = """
        state_directory: /var/lib/vigil
        control_socket: /run/vigil/vigil.sock
        http: 127.0.0.1:9120
        alert_log: /var/log/vigil/alerts.log
        language: zh-CN
        time_zone: Asia/Shanghai
        linger: 1s
        snapshot_every: 5m
        message_cap: {messages: 10, within: 10m}
        tests: {wearable: 7d, one_way: 7d, sleepy_smoke: 30d}
        visits: {groups: {high: 1d, medium: 3d, low: 7d}}

        rules:
          - {id: sos, detector: sos, severity: red}
          - {id: smoke, detector: smoke, severity: red}
          - {id: fall, detector: fall, severity: red, suspected: false, cancel_window: 20s}
          - {id: water-leak, detector: smoke, severity: yellow, observations: [water_leak]}
          - {id: apnea, detector: sos, severity: red, observations: [apnea_alarm]}
          - {id: left-bed, detector: sos, severity: yellow, observations: [left_bed_alarm]}
          - {id: heart-rate-high, detector: threshold, severity: yellow,
             observation: heart_rate_bpm, kind: heart_rate_high, above: 130, clear_below: 120, for: 10m}
          - {id: heart-rate-low, detector: threshold, severity: yellow,
             observation: heart_rate_bpm, kind: heart_rate_low, below: 40, clear_above: 45, for: 10m}
          - {id: oxygen-low, detector: threshold, severity: yellow,
             observation: spo2_percent, kind: oxygen_low, below: 88, clear_above: 90, for: 10m}
          - {id: fever, detector: threshold, severity: yellow,
             observation: body_temperature_c, kind: fever, above: 38.5, clear_below: 38, for: 30m}
          - {id: absence, detector: absence, severity: yellow, after: 12h}
          - {id: device-silent, detector: device, severity: yellow}
          - {id: battery, detector: battery, severity: blue, below: 10, clear_above: 20}

        policies:
          - id: red
            steps:
              - {after: 0s, notify: [grid_officer, property_desk, family]}
              - {after: 60s, notify: [building_captain]}
              - {after: 180s, notify: [community_lead]}
            repeat_every: 2m
            lease: 3m
            attending_lease: 15m
            reopen_window: 30m
          - id: yellow
            steps:
              - {after: 0s, notify: [grid_officer]}
              - {after: 15m, notify: [building_captain]}
              - {after: 30m, notify: [community_lead, family]}
              - {after: 2h, notify: [grid_officer, community_lead]}
            repeat_every: 15m
            lease: 30m
            attending_lease: 2h
            reopen_window: 2h
            close_after_cleared: 30m
          - id: blue
            steps:
              - {after: 0s, notify: [grid_officer]}
              - {after: 7d, notify: [community_lead]}
            repeat_every: 1d
            lease: 1d
            attending_lease: 1d
            reopen_window: 1d
            close_after_cleared: 1d
          - id: technical
            steps:
              - {after: 0s, notify: [installer]}
              - {after: 2h, notify: [grid_officer, community_lead]}
            repeat_every: 8h
            lease: 8h
            attending_lease: 1d
            reopen_window: 2h
            close_after_cleared: 10m

        severities: {red: red, yellow: yellow, blue: blue}
        technical: technical
        """
}
