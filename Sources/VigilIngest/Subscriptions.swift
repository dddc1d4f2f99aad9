import VigilCore
import Logging

/// What is asked of the broker after each connection, and what it granted.
struct Subscriptions {
    let filters: [String]
    let qos: Int32
    let logger: Logger
    private var asked: [Int32: String] = [:]
    /// Filters that the broker, or the library, did not take: what they would have brought is not heard.
    private(set) var refused: Set<String> = []

    init(filters: [String], qos: Int32, logger: Logger) {
        self.filters = filters
        self.qos = qos
        self.logger = logger
    }

    /// Queues a SUBSCRIBE per filter: each is granted or refused for itself.
    mutating func request(on client: MosquittoClient) {
        asked.removeAll()
        ask(for: filters, on: client)
    }

    /// Asks once more for what was refused: an access list may have been mended.
    mutating func requestRefused(on client: MosquittoClient) { ask(for: refused.sorted(), on: client) }

    private mutating func ask(for filters: [String], on client: MosquittoClient) {
        for filter in filters {
            if let messageID = client.subscribe(filter, qos: qos) {
                asked[messageID] = filter
            } else {
                refuse(filter, why: "not a topic filter")
            }
        }
    }

    mutating func granted(messageID: Int32, codes: [Int32]) {
        guard let filter = asked.removeValue(forKey: messageID) else { return }
        // Spec: MQTT 3.1.1, 3.9.3; MQTT 5, 3.9.3: 0x80 and above is a failure.
        if codes.contains(where: { $0 >= 0x80 }) {
            refuse(filter, why: "refused by the broker: allow it in the broker's access list")
        } else {
            refused.remove(filter)
        }
    }

    private mutating func refuse(_ filter: String, why: String) {
        guard refused.insert(filter).inserted else { return }
        logger.error("subscription failed", metadata: [LogKey.mqttTopic: "\(filter)", LogKey.error: "\(why)"])
    }
}
