/// A device that has been silent for longer than its liveness class allows (`devices.md`, section 3).
public struct DeviceDetector: Detector {
    public static let kind = "device"
    static let silent = AlertKindDescription("device_silent", .condition, .technical, zh: "设备失联", en: "silent device")
    static let offline = AlertKindDescription("bridge_offline", .condition, .technical, zh: "网关离线", en: "bridge offline")
    public static let alertKinds = [silent, offline]

    public struct State: Codable, Hashable, Sendable {
        var silence: SilenceMark
        var standing: Evidence?
        /// A bridge, or its broker for it, said that it is gone.
        var offline: Evidence?
        /// A bridge, or its broker for it, said that it is connected; nil for one that never says.
        var isConnected: Bool?
    }

    public init(rule: Rule, settings: inout SettingsReader) {}

    public var subjects: SubjectChoice { .device }
    public var listensTo: [ObservationKind]? { nil }
    public var watchesSilence: Bool { true }

    public func begin(_ context: DetectorContext) -> State {
        State(silence: SilenceMark(at: context.now, source: nil, hearing: context.hearing))
    }

    public func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        if isOfBridge(reading, context) {
            judgeConnection(reading, state: &state, context: context, output: &output)
            // That it is gone is its broker's word, not its own.
            guard reading.observation.value.isConnected == true else { return }
        }
        // What a bridge kept or says on a device's behalf is not the device speaking.
        guard !reading.isRetained, reading.observation.kind != .availability else { return }
        // The other facts of the same frame say nothing new.
        let isSameFrame = reading.at == state.silence.since && state.silence.wasHeard(on: reading.source)
        guard !isSameFrame || state.standing != nil else { return }
        state.silence.reset(at: reading.at, source: reading.source, hearing: context.hearing)
        if let limit = Self.limit(state, context) { output.wake(at: reading.at + limit) }
        guard state.standing != nil else { return }
        state.standing = nil
        // Whatever it tells of, it is heard now.
        var evidence = reading.evidence(LocalizedText(zh: "设备恢复", en: "the device is heard again"))
        evidence.happenedAt = nil
        output.state(.cleared, kind: Self.silent.kind, evidence: evidence, class: .technical)
    }

    /// Whether a bridge itself is connected; of other devices only the bridge says so.
    private func isOfBridge(_ reading: Reading, _ context: DetectorContext) -> Bool {
        reading.observation.kind == .bridge_availability
            || reading.observation.kind == .availability && context.device?.liveness == .bridge
    }

    private static func limit(_ state: State, _ context: DetectorContext) -> Milliseconds? {
        state.isConnected == true ? context.device?.deadAfterWithWill : context.device?.deadAfter
    }

    private func judgeConnection(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        // That it was so then says nothing of now, when others hang on it.
        guard !reading.isLate, !reading.isPast, let isConnected = reading.observation.value.isConnected else { return }
        state.isConnected = isConnected
        if isConnected {
            guard state.offline != nil else { return }
            state.offline = nil
            // While it was gone nobody counted its silence.
            if let limit = Self.limit(state, context) { output.wake(at: reading.at + limit) }
            let evidence = reading.evidence(LocalizedText(zh: "网关恢复在线", en: "the bridge is online again"))
            output.state(.cleared, kind: Self.offline.kind, evidence: evidence, class: .technical)
        } else if state.offline == nil {
            let evidence = reading.evidence(
                LocalizedText(zh: "网关离线:其下的设备暂时听不到", en: "the bridge is offline: nobody hears the devices behind it"))
            state.offline = evidence
            output.state(.active, kind: Self.offline.kind, evidence: evidence, class: .technical)
        }
    }

    public func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        // Of one that is gone people know already.
        guard state.standing == nil, state.offline == nil, let limit = Self.limit(state, context) else { return output.sleep() }
        switch state.silence.silence(in: context.hearing) {
        case .deaf: return output.sleep()  // unknown, not silent: the engine calls again when the source is back
        case .unsettled(let wait): return output.wake(at: context.hearing.nextLook(missing: wait, at: context.now))
        case .lasting(let silence) where silence < limit:
            return output.wake(at: context.hearing.nextLook(missing: limit - silence, at: context.now))
        case .lasting: break
        }
        let evidence = Evidence(
            at: context.now, device: context.device?.id,
            sentence: LocalizedText(zh: "设备失联超过 \(limit.text)", en: "the device has been silent for \(limit.text)"))
        state.standing = evidence
        output.sleep()
        output.state(.active, kind: Self.silent.kind, evidence: evidence, class: .technical)
    }

    public func standing(_ state: State) -> [DetectorStatement] {
        let silent = state.standing.map { DetectorStatement(.active, kind: Self.silent.kind, evidence: $0, class: .technical) }
        let offline = state.offline.map { DetectorStatement(.active, kind: Self.offline.kind, evidence: $0, class: .technical) }
        return [silent, offline].compactMap { $0 }
    }
}
