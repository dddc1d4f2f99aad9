/// The metadata keys of this room's log lines.
enum LogKey {
    static let source = "source.id"
    static let isResumed = "mqtt.session_present"
    static let daysLeft = "certificate.days_left"
    static let topic = "mqtt.topic"
    static let error = "error"
}
