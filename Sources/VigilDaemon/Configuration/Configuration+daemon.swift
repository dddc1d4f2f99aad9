import VigilCore
import VigilDevices
import VigilNotify

extension ConfigurationVocabulary {
    /// What this build knows: its registries.
    public static var vigil: ConfigurationVocabulary {
        ConfigurationVocabulary(
            dialects: DecoderRegistry.dialects, channelKinds: ChannelRegistry.kinds,
            validateRule: { DetectorRegistry.validate($0, path: $1, faults: $2) },
            validateChannel: { ChannelRegistry.validate($0.kind, settings: SettingsReader($0.settings, path: $1, faults: $2)) })
    }
}

extension Configuration {
    /// The longest time after which a closed alert can still reopen.
    var longestReopenWindow: Milliseconds { policies.map(\.reopenWindow).max() ?? .zero }

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
