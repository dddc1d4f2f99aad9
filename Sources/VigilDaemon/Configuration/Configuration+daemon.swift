import VigilCore
import VigilDevices
import VigilNotify

extension ConfigurationVocabulary {
    /// What this build knows: its registries.
    public static var vigil: ConfigurationVocabulary {
        ConfigurationVocabulary(
            dialects: DecoderRegistry.shipped.dialects, channelKinds: ChannelRegistry.kinds,
            validateRule: { DetectorRegistry.validate($0, path: $1, faults: $2) },
            validateChannel: { ChannelRegistry.validate($0.kind, settings: SettingsReader($0.settings, path: $1, faults: $2)) },
            isHeard: { publication, dialect in
                DecoderRegistry.shipped.entry(for: dialect)?.decoder.address(of: publication) != nil
            })
    }
}

extension Configuration {
    /// The longest time after which a closed alert can still reopen or be reviewed.
    var longestMemory: Milliseconds { policies.map(\.reopenWindow).reduce(Alert.reviewWindow, max) }

    /// What of a new configuration cannot be swapped under a running daemon, in words; nil when all of it can.
    func partThatNeedsRestart(comparedWith old: Configuration) -> String? {
        if stateDirectory != old.stateDirectory { return "state_directory" }
        if controlSocket != old.controlSocket { return "control_socket" }
        if http != old.http { return "http" }
        if alertLog != old.alertLog { return "alert_log" }
        if brokers != old.brokers || publishingBroker != old.publishingBroker { return "brokers" }
        if profiles != old.profiles { return "profiles" }
        if watches != old.watches { return "watches" }
        if bluetooth != old.bluetooth { return "bluetooth" }
        if actions != old.actions { return "actions" }
        if heartbeat != old.heartbeat { return "heartbeat" }
        if channels.map(\.withoutMarks) != old.channels.map(\.withoutMarks) { return "channels" }
        return nil
    }

    /// What is wrong with an address in a channel's terms; nil when it can be sent to.
    func addressFault(_ channel: ChannelID, _ address: String) -> String? {
        channels.first { $0.id == channel }.flatMap { ChannelRegistry.addressFault(address, kind: $0.kind) }
    }

    /// The channels, ready for their workers. Secrets are read now; what was valid may have gone since.
    func makeChannels(services: ChannelServices) -> Result<[ChannelFactory], ConfigurationFaults> {
        let faults = FaultList()
        let made = channels.enumerated().compactMap { index, channel in
            ChannelRegistry.make(
                channel.id, kind: channel.kind, concurrency: channel.concurrency,
                settings: SettingsReader(channel.settings, path: "channels[\(index)]", faults: faults), services: services)
        }
        return faults.hasErrors ? .failure(ConfigurationFaults(list: faults.errors)) : .success(made)
    }
}

/// Why something that is configured cannot be made.
struct ConfigurationFaults: Error {
    let list: [SettingFault]
}
