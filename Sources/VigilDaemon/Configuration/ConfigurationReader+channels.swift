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
        let concurrency = reader.integer("concurrency", in: 1...16) ?? 4
        if concurrency == 1 {
            let message = "with one message at a time a red one waits behind any other; write at least 2"
            reader.fault(at: reader.mark(of: "concurrency"), key: "concurrency", message, weight: .warning)
        }
        let definition = ChannelDefinition(
            id: ChannelID(id ?? ""), kind: kind ?? "", concurrency: concurrency, settings: wholePaths(reader.rest()))
        judgeFiles(in: definition.settings, "", reader)
        if let kind, !vocabulary.channelKinds.contains(kind) {
            let hint = SettingFault.hint(kind, among: vocabulary.channelKinds)
            reader.fault(at: reader.mark(of: "kind"), key: "kind", "unknown kind of channel \(SettingFault.quoted(kind))\(hint)")
        } else if id != nil && kind != nil {
            vocabulary.validateChannel(definition, reader.path, faults)
        }
        return Channel(definition: definition, reader: reader)
    }

    private func judgeFiles(in setting: Setting, _ prefix: String, _ reader: SettingsReader) {
        guard case .map(let entries) = setting.value else { return }
        for entry in entries {
            if case .text(let path) = entry.value.value, entry.key.hasSuffix("_file") {
                judgeFile(path, prefix + entry.key, at: entry.value.mark, reader)
            } else {
                judgeFiles(in: entry.value, "\(prefix)\(entry.key).", reader)
            }
        }
    }

    /// The same entry with every `*_file` counted from the configuration's folder, like all paths here.
    private func wholePaths(_ setting: Setting) -> Setting {
        guard case .map(let entries) = setting.value else { return setting }
        let whole = entries.map { entry in
            var entry = entry
            switch entry.value.value {
            case .plain(let text) where entry.key.hasSuffix("_file"), .text(let text) where entry.key.hasSuffix("_file"):
                entry.value.value = .text(wholePath(text))
            default: entry.value = wholePaths(entry.value)
            }
            return entry
        }
        return Setting(.map(whole), mark: setting.mark)
    }
}
