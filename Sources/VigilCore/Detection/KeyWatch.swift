/// What is refused of a device because no key proves it, since anything of it was believed: its key is wrong or missing, or somebody else
/// speaks in its name; snapshotted with the device.
struct KeyWatch: Codable, Hashable, Sendable {
    static let wrong = AlertKindDescription("wrong_key", .condition, .technical, zh: "设备密钥不符或缺失", en: "key wrong or missing")
    static let raisable = Raisable(rule: "key", kind: wrong.kind, alertClass: .technical, severity: .yellow)

    /// Whoever sends one message in a device's name tells nobody anything.
    private static let patience = 3

    private var refused = 0
    private let since: EngineTime
    private(set) var standing: Evidence?

    init(at time: EngineTime) { since = time }

    /// A message was refused. Returns the finding where it is one too many.
    ///
    /// - Parameter isTrusted: the device was believed before as things stand now. Then others' messages are no news while its own may come: as
    ///   long as its silence says nothing. Of a device whose silence never does, three messages must do.
    mutating func refuse(
        _ device: Device, _ reason: DecodeFailure.Reason, _ key: KeyStanding, isTrusted: Bool, at time: EngineTime
    ) -> Finding? {
        refused = min(refused + 1, Self.patience)
        guard standing == nil else { return nil }
        // Nothing that it says can be believed, whoever sent this.
        guard refused == Self.patience || key == .missing else { return nil }
        if isTrusted, let pace = device.staleAfter, time - since < pace { return nil }
        let evidence = Evidence(at: time, device: device.id, sentence: Self.words(device.id, reason, key))
        standing = evidence
        return Self.raisable.finding(.active, device.id, evidence)
    }

    private static func words(_ device: DeviceID, _ reason: DecodeFailure.Reason, _ key: KeyStanding) -> LocalizedText {
        switch (reason, key) {
        case (.unencrypted, .missing):
            LocalizedText(
                zh:
                    "设备的密钥缺失,收到的消息未加密,已拒收:请在 keys_file 中写好该设备的一行,再执行 vigil reload;"
                    + "若设备本就不加密,删去该行并执行 vigil devices forget-counter \(device)",
                en:
                    "its key is missing, and what it sends is not encrypted and refused: put its line in keys_file right and run vigil reload; "
                    + "if it is meant to send so, remove its line and run vigil devices forget-counter \(device)")
        case (.unencrypted, _):
            LocalizedText(
                zh:
                    "设备有密钥,收到的消息却未加密,已拒收:请开启设备的加密;"
                    + "若设备本就不加密,在 keys_file 中删去它的一行,再执行 vigil reload 和 vigil devices forget-counter \(device)",
                en:
                    "it has a key, and what it sends is not encrypted and refused: switch its encryption on; if it is meant to send so, remove "
                    + "its line in keys_file, run vigil reload and vigil devices forget-counter \(device)")
        case (_, .unneeded), (_, .missing):
            LocalizedText(
                zh: "设备的消息已加密,但没有它的密钥,已全部拒收:请在 keys_file 中写好该设备的一行(地址和密钥),再执行 vigil reload",
                en:
                    "its messages are encrypted, its key is not known, and all are refused: write its line in keys_file (address and key) and "
                    + "run vigil reload")
        default:
            LocalizedText(
                zh: "设备的密钥解不开它的消息,已全部拒收:请核对 keys_file 中该设备的一行,再执行 vigil reload",
                en: "its key opens none of its messages, and all are refused: check its line in keys_file and run vigil reload")
        }
    }
}
