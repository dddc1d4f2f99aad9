import VigilCore

extension ConfigurationReader {
    struct Channel {
        var definition: ChannelDefinition
        var reader: SettingsReader
    }

    func readChannels(_ top: inout SettingsReader) -> [Channel] {
        let channels = top.readers("channels").map(readChannel)
        refuseDuplicates(channels.map { ($0.definition.id.rawValue, $0.reader) }, "channel")
        if channels.isEmpty {
            let message = "no channel: alerts reach nobody but the alert log; write channels: with id and kind, see config/vigil.yaml"
            top.fault(at: top.mark(of: "channels"), key: "channels", message, weight: .warning)
        }
        return channels
    }

    private func readChannel(_ entry: SettingsReader) -> Channel {
        var reader = entry
        let id = reader.identifier("id", "a name of your own, such as push")
        let kind = reader.requiredLine("kind", "one of \(vocabulary.channelKinds.joined(separator: ", "))")
        let concurrency = reader.integer("concurrency", in: 1...64) ?? 4
        let settings = reader.rest()
        let definition = ChannelDefinition(id: ChannelID(id ?? ""), kind: kind ?? "", concurrency: concurrency, settings: settings)
        if let kind, !vocabulary.channelKinds.contains(kind) {
            let hint = SettingFault.hint(kind, among: vocabulary.channelKinds)
            reader.fault(at: reader.mark(of: "kind"), key: "kind", "unknown kind of channel \(SettingFault.quoted(kind))\(hint)")
        } else if kind != nil {
            vocabulary.validateChannel(definition, reader.path, faults)
        }
        return Channel(definition: definition, reader: reader)
    }
}
