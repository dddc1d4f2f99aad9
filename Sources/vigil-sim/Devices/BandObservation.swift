/// One fact on Vigil's own topic, `vigil/in/<device>/observation`.
struct BandObservation: Encodable, Equatable {
    enum Value: Encodable, Equatable {
        case number(Int)
        case bool(Bool)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let value): try container.encode(value)
            case .bool(let value): try container.encode(value)
            }
        }
    }

    /// Milliseconds since 1970 by the band's clock.
    var ts: Int64
    var seq: Int64
    /// New with every start of the band, so that the gateway does not take a new count for a repetition.
    var boot: String
    var kind: String
    var value: Value
}

/// The gateway's word that a message is stored, on `vigil/out/<device>/receipt`.
struct BandReceipt: Decodable {
    var boot: String
    var seq: Int64
}
