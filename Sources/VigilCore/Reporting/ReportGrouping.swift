/// What a report can be broken down by.
public enum ReportGrouping: String, CaseIterable, Codable, Sendable {
    /// Life or technical: all of it.
    case alertClass = "class"
    case grid, kind, severity, rule
    case deviceModel = "device_model"
    case resident

    /// What a report holds that asks for nothing in particular; residents are asked for by name.
    public static let usual: [ReportGrouping] = [.alertClass, .grid, .kind, .severity, .rule, .deviceModel]

    /// What alerts about the watch itself are counted as where their times would only blur those of people's lives: they have a policy,
    /// and often people, of their own (`alert-lifecycle.md`, section 5).
    public static let technical = AlertClass.technical.rawValue
}
