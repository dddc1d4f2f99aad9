internal import FoundationEssentials

/// A JSON object as an ntfy server writes it: a message, another event of a stream, or an error.
struct NtfyAnswer: Decodable {
    var id: String?
    var event: String?
    var topic: String?
    var message: String?
    /// Words of an error, such as `limit reached: too many requests`.
    var error: String?

    private enum CodingKeys: CodingKey { case id, event, topic, message, error }

    /// nil when it is no JSON object, or one whose keys mean something else.
    init?(_ bytes: [UInt8]) {
        // Whatever is wrong with the bytes, the answer is the same: ntfy did not write them.
        guard let answer = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = answer
        error = error.map { String($0.prefix(200)) }
    }

    /// The server has the message and names it.
    func isStored(on topic: String) -> Bool {
        event == "message" && self.topic == topic && id.map(NtfySettings.isMessageID) == true
    }
}
