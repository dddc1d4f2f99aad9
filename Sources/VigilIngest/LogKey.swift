/// The metadata keys of this room's log lines.
enum LogKey {
    static let source = "source.id"
    static let clientID = "mqtt.client_id"
    static let topic = "mqtt.topic"
    static let error = "error"
}
