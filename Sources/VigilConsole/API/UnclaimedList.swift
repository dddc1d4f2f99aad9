/// The answer that lists devices nobody registered: an object, so that a field can be added.
public struct UnclaimedList: Codable, Hashable, Sendable {
    public var devices: [UnclaimedReport]

    public init(devices: [UnclaimedReport]) { self.devices = devices }
}
