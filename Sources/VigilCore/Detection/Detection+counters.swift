// Devices whose messages are refused for their numbers (`CounterWatch`).

extension Detection {
    /// A message that its key proves was refused, because its number was heard before.
    mutating func noteRefusedCounter(ofDevice index: Int, at time: EngineTime, into effects: inout [Effect]) {
        var watch = states[index].counter ?? CounterWatch(at: time)
        if let finding = watch.refuse(household.bound[index].device.id, at: time) { effects.append(.finding(finding)) }
        keep(watch, ofDevice: index)
    }

    /// A message was believed.
    mutating func noteBelievedCounter(ofDevice index: Int, at time: EngineTime, into effects: inout [Effect]) {
        guard let watch = states[index].counter, watch.isOver(at: time) else { return }
        endCounterWatch(
            ofDevice: index, at: time, LocalizedText(zh: "设备消息序号恢复正常", en: "the device is heard with rising numbers again"),
            into: &effects)
    }

    /// A person has seen the device: whatever number it says next is believed.
    mutating func forgetCounter(of device: DeviceID, by: Actor, at time: EngineTime, into effects: inout [Effect]) {
        guard let index = household.index(of: device) else { return }
        forgetCounters(ofDevice: index)
        let words = LocalizedText(zh: "\(by.name) 确认设备并清除了消息序号", en: "\(by.name) has seen the device, and its number was forgotten")
        endCounterWatch(ofDevice: index, at: time, words, into: &effects)
        endKeyWatch(ofDevice: index, at: time, words, into: &effects)
    }

    var counterFindings: [Finding] {
        states.indices.compactMap { index in
            states[index].counter?.standing.map { CounterWatch.raisable.finding(.active, household.bound[index].device.id, $0) }
        }
    }

    private mutating func endCounterWatch(
        ofDevice index: Int, at time: EngineTime, _ words: LocalizedText, into effects: inout [Effect]
    ) {
        let device = household.bound[index].device.id
        if states[index].counter?.standing != nil {
            let evidence = Evidence(at: time, device: device, sentence: words)
            effects.append(.finding(CounterWatch.raisable.finding(.cleared, device, evidence)))
        }
        keep(nil, ofDevice: index)
    }
}
