/// A day of the week, as people write it.
public enum Weekday: String, CaseIterable, Codable, Sendable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// Days after Monday.
    var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
