extension Detection {
    /// Notes a message on a topic that the dialect has no place for, where the topic names a device that is registered.
    ///
    /// Without this whoever wrote a profile with one topic too few never hears of it. Strangers leave no trace: their names are anybody's.
    func noteUnknownTopic(of frame: Frame, _ decoder: any PayloadDecoder, _ devices: NamedDevices, into effects: inout [Effect]) {
        guard !frame.payload.isEmpty, !devices.isEmpty, !decoder.isKnown(topic: frame.topic) else { return }
        guard let name = devices.name(in: frame.topic) else { return }
        let words = "no message of the profile \(decoder.dialect) has this topic; vigil decode names those that it has"
        effects.append(.undecodable(DeviceAddress(dialect: decoder.dialect, name: name), DecodeFailure(.unknownTopic, words)))
    }
}
