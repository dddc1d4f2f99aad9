import VigilCore

/// `{"component": "source:main", "state": "down", "detail": "..."}`.
struct HealthForm: Codable {
    let health: Health

    init(_ health: Health) { self.health = health }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case component, state, detail
        case freeMebibytes = "free_mib"
    }

    init(from decoder: any Decoder) throws {
        try KnownKeys.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let name = try fields.decode(String.self, forKey: .component)
        guard let component = Self.component(name) else {
            throw DecodingError.dataCorruptedError(
                forKey: .component, in: fields,
                debugDescription: "\(SettingFault.quoted(name)) is no component; write source:ID, channel:ID or storage")
        }
        health = Health(
            component, try fields.decode(Health.State.self, forKey: .state),
            detail: try fields.decodeIfPresent(String.self, forKey: .detail) ?? "",
            freeMebibytes: try fields.decodeIfPresent(Int.self, forKey: .freeMebibytes))
    }

    private static func component(_ name: String) -> Health.Component? {
        if name == "storage" { return .storage }
        if name.hasPrefix("source:") { return .source(SourceID(String(name.dropFirst(7)))) }
        if name.hasPrefix("channel:") { return .channel(ChannelID(String(name.dropFirst(8)))) }
        return nil
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        let name =
            switch health.component {
            case .source(let id): "source:\(id)"
            case .channel(let id): "channel:\(id)"
            case .storage: "storage"
            }
        try fields.encode(name, forKey: .component)
        try fields.encode(health.state, forKey: .state)
        if !health.detail.isEmpty { try fields.encode(health.detail, forKey: .detail) }
        try fields.encodeIfPresent(health.freeMebibytes, forKey: .freeMebibytes)
    }
}
