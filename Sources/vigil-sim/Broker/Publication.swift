/// One MQTT message as a device sends it.
struct Publication: Equatable, Sendable {
    enum QualityOfService: Int32, Sendable {
        case atMostOnce = 0
        case atLeastOnce = 1
    }

    var topic: String
    var payload: String
    var quality: QualityOfService
    var isRetained = false
}
