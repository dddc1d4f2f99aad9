import VigilCore

/// `application/<application>/device/<devEui>/event/<type>`, below whatever prefix a site chose.
// Source: chirpstack/chirpstack-docs src/chirpstack/integrations/mqtt.md, events.md.
struct ChirpStackTopic {
    enum Event {
        /// The device sent something.
        case up
        /// It told its battery to the network.
        case status
        case join
        /// Somebody worked out where it is.
        case location
    }

    /// Lower case.
    let eui: String
    let event: Event

    /// Nil where it is not the device that speaks: `txack` is the gateway's word, `log` the server's, `ack` may be that nobody answered.
    init?(_ frame: Frame) {
        guard !frame.payload.isEmpty else { return nil }
        let segments = frame.topic.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count >= 6 else { return nil }
        let last = segments.suffix(6).map(String.init)
        guard last[0] == "application", last[2] == "device", !last[3].isEmpty, last[4] == "event" else { return nil }
        switch last[5] {
        case "up": event = .up
        case "status": event = .status
        case "join": event = .join
        case "location": event = .location
        default: return nil
        }
        eui = last[3].lowercased()
    }
}
