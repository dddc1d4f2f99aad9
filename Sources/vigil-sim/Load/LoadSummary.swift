/// What a load run did, as its last line says.
struct LoadSummary: Encodable {
    var run: String
    var published: Int
    var acknowledged: Int
    /// From the first publication to the last acknowledgement.
    var seconds: Double
    /// Acknowledged messages per second.
    var rate: Double
    /// By how much the slowest message missed its place in the schedule; 0 without a schedule.
    var slipped_seconds: Double
}
