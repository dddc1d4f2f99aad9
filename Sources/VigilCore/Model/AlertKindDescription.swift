/// What there is to know of a kind of alert. Each kind is described once, beside what raises it.
public struct AlertKindDescription: Sendable {
    public enum Nature: Sendable {
        /// It happens, and each time it rings.
        case event
        /// It holds until it ends, and may be unknown in between.
        case condition
    }

    public let kind: AlertKind
    public let nature: Nature
    public let alertClass: AlertClass
    /// What people call it.
    public let name: LocalizedText

    init(_ kind: AlertKind, _ nature: Nature, _ alertClass: AlertClass = .life, zh chinese: String, en english: String) {
        self.kind = kind
        self.nature = nature
        self.alertClass = alertClass
        name = LocalizedText(zh: chinese, en: english)
    }
}
