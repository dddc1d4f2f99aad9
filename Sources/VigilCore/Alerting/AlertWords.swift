/// What the kinds are called in messages; words before colours.
public enum AlertWords {
    public static func name(of kind: AlertKind) -> LocalizedText {
        AlertKinds.description(of: kind)?.name ?? LocalizedText(zh: kind.rawValue, en: kind.rawValue)
    }

    public static func name(of severity: Severity) -> LocalizedText {
        switch severity {
        case .red: LocalizedText(zh: "紧急", en: "emergency")
        case .yellow: LocalizedText(zh: "注意", en: "attention")
        case .blue: LocalizedText(zh: "提示", en: "note")
        }
    }
}
