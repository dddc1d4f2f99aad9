import VigilConsole
import VigilCore
import VigilNotify

/// The daemon's metrics: names as Prometheus does it, no device or resident as a label.
struct MetricsPage {
    let reading: GatewayMeters.Reading
    let sources: [ReadinessBoard.Source]
    let queue: Int
    let replies: [ReplyDesk.Count: Int]
    /// nil where nobody outside is told.
    let heartbeat: OutsideHeartbeat.State?
    /// What is heard over the air.
    let air: BluetoothReport

    var text: String {
        var page = PrometheusText()
        page.write("vigil_build_info", .gauge, help: "The version that runs.", [.init(1, ["version": BuildInfo.version])])
        writeIngest(&page)
        writeAlerts(&page)
        writeStorage(&page)
        writeHeartbeat(&page)
        writeAir(&page)
        return page.text
    }

    private func writeHeartbeat(_ page: inout PrometheusText) {
        guard let heartbeat else { return }
        page.write(
            "vigil_heartbeat_well", .gauge, help: "Whether the monitor outside was told that all is well.",
            heartbeat.verdict.isWell ? 1 : 0)
        page.write(
            "vigil_heartbeat_reached", .gauge, help: "Whether the monitor outside was reached.", heartbeat.failure == nil ? 1 : 0)
    }

    private func writeIngest(_ page: inout PrometheusText) {
        page.write(
            "vigil_messages_received_total", .counter, help: "Frames taken in, by source.",
            reading.frames.sorted { $0.key < $1.key }.map { .init(Double($0.value), ["source": $0.key.rawValue]) })
        page.write("vigil_messages_duplicate_total", .counter, help: "Frames recognised as sent again.", Double(reading.duplicates))
        page.write(
            "vigil_messages_rejected_total", .counter, help: "Frames that were not understood, by reason.",
            reading.undecodable.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                .init(Double($0.value), ["reason": $0.key.rawValue])
            })
        page.write(
            "vigil_message_faults_total", .counter, help: "Parts of understood frames that were left out.", Double(reading.faults))
        page.write(
            "vigil_messages_late_total", .counter, help: "Frames that told of what happened long before they arrived.",
            Double(reading.late))
        page.write(
            "vigil_mqtt_connected", .gauge, help: "Whether a broker's session stands.",
            samples(of: .broker))
        if case let listeners = samples(of: .listener), !listeners.isEmpty {
            page.write("vigil_listener_up", .gauge, help: "Whether devices can connect to a port.", listeners)
        }
        if case let receivers = samples(of: .receiver), !receivers.isEmpty {
            page.write("vigil_receiver_up", .gauge, help: "Whether a radio hears.", receivers)
        }
        page.write("vigil_inbox_depth", .gauge, help: "Inputs that wait for the gateway.", Double(queue))
    }

    private func writeAir(_ page: inout PrometheusText) {
        guard !air.adapters.isEmpty else { return }
        page.write(
            "vigil_bluetooth_adapter_up", .gauge, help: "Whether an adapter hears.",
            air.adapters.map { .init($0.isUp ? 1 : 0, ["adapter": $0.name]) })
        page.write(
            "vigil_bluetooth_reports_total", .counter, help: "Advertisements and scan responses, by adapter.",
            air.adapters.map { .init(Double($0.reports), ["adapter": $0.name]) })
        page.write(
            "vigil_bluetooth_skipped_bytes_total", .counter, help: "Bytes of an adapter that made no sense.",
            air.adapters.map { .init(Double($0.skippedBytes), ["adapter": $0.name]) })
        page.write(
            "vigil_bluetooth_passed_over_total", .counter, help: "Advertisements that made no frame, by reason.",
            [
                .init(Double(air.repeats), ["reason": "repeat"]), .init(Double(air.passedOver), ["reason": "not_read"]),
                .init(Double(air.leftOut), ["reason": "strangers"]), .init(Double(air.leftOutRegistered), ["reason": "registered"]),
            ])
        page.write(
            "vigil_bluetooth_lost_total", .counter, help: "Advertisements that were lost because nobody took them in time.",
            Double(air.lost))
    }

    private func samples(of kind: ReadinessBoard.Kind) -> [PrometheusText.Sample] {
        sources.filter { $0.kind == kind }.map { .init($0.isConnected ? 1 : 0, ["source": $0.id.rawValue]) }
    }

    private func writeAlerts(_ page: inout PrometheusText) {
        page.write(
            "vigil_alerts_raised_total", .counter, help: "Alerts raised or reopened, by kind.",
            reading.alertsRaised.sorted { $0.key < $1.key }.map { .init(Double($0.value), ["kind": $0.key.rawValue]) })
        let active = Dictionary(grouping: reading.openAlerts.values) { "\($0.key.kind) \($0.severity.rawValue) \($0.state.rawValue)" }
        page.write(
            "vigil_alerts_active", .gauge, help: "Alerts that are open, by kind, severity and state.",
            active.sorted { $0.key < $1.key }.compactMap { _, alerts in
                alerts.first.map {
                    .init(
                        Double(alerts.count),
                        ["kind": $0.key.kind.rawValue, "severity": $0.severity.rawValue, "state": $0.state.rawValue])
                }
            })
        page.write(
            "vigil_alerts_unreachable", .gauge, help: "Red alerts that nobody has and nobody is reached about.",
            Double(reading.openAlerts.values.filter(\.isUnreachable).count))
        page.write(
            "vigil_deliveries_total", .counter, help: "Changes of deliveries, by channel and outcome.",
            reading.deliveries.sorted { ($0.key.channel, $0.key.state.rawValue) < ($1.key.channel, $1.key.state.rawValue) }.map {
                .init(Double($0.value), ["channel": $0.key.channel.rawValue, "outcome": $0.key.state.rawValue])
            })
        page.write(
            "vigil_replies_total", .counter, help: "Answers to messages, by way and by what they were: reply, garbage or forged.",
            replies.sorted { ($0.key.via, $0.key.reading) < ($1.key.via, $1.key.reading) }.map {
                .init(Double($0.value), ["via": $0.key.via, "reading": $0.key.reading])
            })
        page.write(
            "vigil_delivery_queue_depth", .gauge, help: "Deliveries that are not settled, by channel.",
            reading.waiting.sorted { $0.key < $1.key }.map { .init(Double($0.value), ["channel": $0.key.rawValue]) })
    }

    private func writeStorage(_ page: inout PrometheusText) {
        page.write("vigil_storage_up", .gauge, help: "Whether what happens is recorded.", reading.isStorageUp ? 1 : 0)
        page.write("vigil_commits_total", .counter, help: "Turns that were committed.", Double(reading.commits))
        page.write(
            "vigil_commit_failures_total", .counter, help: "Turns that could not be committed in time.", Double(reading.commitFailures))
        page.write("vigil_journal_rows_total", .counter, help: "Rows that were journaled.", Double(reading.rows))
        page.write(
            "vigil_commit_seconds_total", .counter, help: "Time that commits took in all.", Double(reading.commitMilliseconds) / 1000)
    }
}
