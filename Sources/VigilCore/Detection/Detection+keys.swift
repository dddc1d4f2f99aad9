// Devices of which nothing is believed, because no key proves it (`KeyWatch`).

extension Detection {
    /// A message was refused because no key proves it.
    ///
    /// - Parameter key: how the device's key stands.
    mutating func noteUnproven(
        _ reason: DecodeFailure.Reason, ofDevice index: Int, _ key: KeyStanding, at time: EngineTime, into effects: inout [Effect]
    ) {
        var watch = states[index].key ?? KeyWatch(at: time)
        let isTrusted = key == .proven || key == .unneeded && states[index].hasSpoken
        let device = household.bound[index].device
        if let finding = watch.refuse(device, reason, key, isTrusted: isTrusted, at: time) { effects.append(.finding(finding)) }
        states[index].key = watch
    }

    /// A message was taken. Where the device has a key, only what that opened is its own; where it needs none, whatever it says.
    ///
    /// - Parameter key: how the device's key stands.
    mutating func noteTaken(
        _ decoded: Decoded, ofDevice index: Int, _ key: KeyStanding, at time: EngineTime, into effects: inout [Effect]
    ) {
        guard !decoded.isUnauthenticated || decoded.isOpened || key == .unneeded && !decoded.observations.isEmpty else { return }
        endKeyWatch(ofDevice: index, at: time, LocalizedText(zh: "设备的消息恢复可信", en: "the device is believed again"), into: &effects)
    }

    var keyFindings: [Finding] {
        states.indices.compactMap { index in
            states[index].key?.standing.map { KeyWatch.raisable.finding(.active, household.bound[index].device.id, $0) }
        }
    }

    mutating func endKeyWatch(ofDevice index: Int, at time: EngineTime, _ words: LocalizedText, into effects: inout [Effect]) {
        let device = household.bound[index].device.id
        if states[index].key?.standing != nil {
            let evidence = Evidence(at: time, device: device, sentence: words)
            effects.append(.finding(KeyWatch.raisable.finding(.cleared, device, evidence)))
        }
        states[index].key = nil
    }
}
