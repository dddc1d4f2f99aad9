/// What is refused of a device although its key proves it, because its numbers went back: it counts anew, or somebody sends again what they
/// captured. Nothing of it is believed until a person decides which; snapshotted with the device.
struct CounterWatch: Codable, Hashable, Sendable {
    static let reset = AlertKindDescription(
        "counter_reset", .condition, .technical, zh: "消息序号倒退", en: "message numbers went back")
    static let raisable = Raisable(rule: "counter", kind: reset.kind, alertClass: .technical, severity: .yellow)

    /// Messages of two adapters may change places on their way; one that somebody sends again is no news.
    private static let patience = 3
    /// The device's own messages do not end it sooner: whoever sends old ones between them raises one alert, and not one for each.
    private static let calmAfter = Milliseconds.hours(1)

    private var refused = 0
    private var refusedAt: EngineTime
    private(set) var standing: Evidence?

    init(at time: EngineTime) { refusedAt = time }

    /// A message was refused. Returns the finding where it is one too many.
    mutating func refuse(_ device: DeviceID, at time: EngineTime) -> Finding? {
        refused = min(refused + 1, Self.patience)
        refusedAt = time
        guard standing == nil, refused == Self.patience else { return nil }
        let evidence = Evidence(at: time, device: device, sentence: Self.words(device))
        standing = evidence
        return Self.raisable.finding(.active, device, evidence)
    }

    /// Whether a message that the key proves, and whose number is higher than any, ends it.
    func isOver(at time: EngineTime) -> Bool { standing == nil || time - refusedAt >= Self.calmAfter }

    private static func words(_ device: DeviceID) -> LocalizedText {
        LocalizedText(
            zh: "设备的加密消息序号倒退,已全部拒收:可能更换电池或恢复出厂设置,也可能有人重放。到现场确认是本设备后执行 vigil devices forget-counter \(device)",
            en:
                "its encrypted messages count from a lower number, and all are refused: a new battery or a reset, or somebody sends again what "
                + "they captured; go and see, and if it is the device: vigil devices forget-counter \(device)")
    }
}
