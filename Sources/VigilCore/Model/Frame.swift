public typealias SourceID = Identifier<Frame>

/// What a source saw, before anybody knows what it means.
public struct Frame: Hashable, Codable, Sendable {
    /// Where the bytes came from.
    public enum Origin: Hashable, Codable, Sendable {
        /// A publication on a broker, or what a listener heard under the topic that it gives it: `3g-watch/<id>`.
        case mqtt(topic: String)
    }

    /// The receiver that heard it: a broker's or listener's name in the configuration.
    public var source: SourceID
    public var origin: Origin
    public var payload: [UInt8]
    /// How long the payload was where only its beginning was taken in; nil where it is whole.
    public var wholeLength: Int?
    /// The broker had kept it: it says what was, not what happens.
    public var isRetained: Bool
    /// The broker says that it sent this before (MQTT's DUP).
    public var isRedelivery: Bool
    /// The gateway recognised it as one that the engine has heard: receipted again, and nothing new.
    public var isDuplicate: Bool

    public init(
        source: SourceID, origin: Origin, payload: [UInt8], wholeLength: Int? = nil, isRetained: Bool = false,
        isRedelivery: Bool = false,
        isDuplicate: Bool = false
    ) {
        self.source = source
        self.origin = origin
        self.payload = payload
        self.wholeLength = wholeLength
        self.isRetained = isRetained
        self.isRedelivery = isRedelivery
        self.isDuplicate = isDuplicate
    }

    /// How many bytes were sent.
    public var size: Int { wholeLength ?? payload.count }

    /// The publication's topic.
    public var topic: String {
        switch origin {
        case .mqtt(let topic): topic
        }
    }
}
