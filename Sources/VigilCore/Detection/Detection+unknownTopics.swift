extension Detection {
    /// The most levels of a topic that a device's name is looked for in, and the most that a name may have.
    private static let mostLevels = 16
    private static let mostLevelsOfName = 4

    /// Notes a message on a topic that the dialect has no place for, where the topic names a device that is registered.
    ///
    /// Without this whoever wrote a profile with one topic too few never hears of it. Strangers leave no trace: their names are anybody's.
    func noteUnknownTopic(
        of frame: Frame, _ decoder: any PayloadDecoder, _ devices: [String: Int], into effects: inout [Effect]
    ) {
        guard !frame.payload.isEmpty, !devices.isEmpty, !decoder.isKnown(topic: frame.topic) else { return }
        guard let name = Self.name(in: frame.topic, of: devices) else { return }
        let words = "no message of the profile \(decoder.dialect) has this topic; vigil decode names those that it has"
        effects.append(.undecodable(DeviceAddress(dialect: decoder.dialect, name: name), DecodeFailure(.unknownTopic, words)))
    }

    /// The first name that stands in the topic, whole levels of it; of those that begin at one level the longest.
    private static func name(in topic: String, of devices: [String: Int]) -> String? {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false).prefix(mostLevels)
        for start in levels.indices {
            for length in stride(from: min(mostLevelsOfName, levels.count - start), through: 1, by: -1) {
                let name = levels[start..<start + length].joined(separator: "/")
                if devices[name] != nil { return name }
            }
        }
        return nil
    }
}
