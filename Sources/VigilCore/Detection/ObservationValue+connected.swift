extension ObservationValue {
    /// What an `availability` says: decoders tell it in the words `online` and `offline`, or as a truth value; nil for anything else.
    var isConnected: Bool? {
        switch self {
        case .bool(let isConnected): isConnected
        case .text("online"): true
        case .text("offline"): false
        default: nil
        }
    }
}
