/// Something that is allowed and will hurt: where it stands, why it is dangerous, and what to do about it.
public struct SetupTrap: Hashable, Codable, Sendable {
    /// Which trap it is: `lone_person`.
    public var trap: String
    /// `policies.red.lease`, `contacts`, `rules.night`.
    public var path: String
    public var danger: LocalizedText
    public var remedy: LocalizedText

    /// The policy that it is about, and the key in it where it is one of its keys.
    public var policy: PolicyID?
    public var key: String?

    init(policy: PolicyID, key: String? = nil, danger: LocalizedText, remedy: LocalizedText) {
        self.init(
            path: (["policies", policy.rawValue] + (key.map { [$0] } ?? [])).joined(separator: "."), danger: danger, remedy: remedy)
        self.policy = policy
        self.key = key
    }

    init(path: String, danger: LocalizedText, remedy: LocalizedText) {
        trap = ""
        self.path = path
        self.danger = danger
        self.remedy = remedy
    }
}
