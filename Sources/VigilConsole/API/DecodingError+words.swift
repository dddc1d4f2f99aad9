extension DecodingError {
    /// What is wrong with a document and where, for whoever wrote it: `close.outcome: unknown outcome "..."`.
    public var words: String {
        switch self {
        case .keyNotFound(let key, let context): Self.place(context.codingPath) + "\"\(key.stringValue)\" is missing"
        case .valueNotFound(_, let context): Self.place(context.codingPath) + "null stands where a value is wanted"
        case .typeMismatch(let type, let context):
            Self.place(context.codingPath) + "a value of another type stands where \(Self.name(of: type)) is wanted"
        case .dataCorrupted(let context): Self.place(context.codingPath) + Self.firstSmall(context.debugDescription)
        @unknown default: "not understood"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "" }
        return path.reduce("") { text, key in
            if let index = key.intValue { return "\(text)[\(index)]" }
            return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
        } + ": "
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type, is Double.Type: "a number"
        case is [String: Any].Type: "an object"
        default: "a \(type)"
        }
    }

    /// Foundation's words begin with a capital and end with a full stop.
    private static func firstSmall(_ text: String) -> String {
        let body = text.hasSuffix(".") ? text.dropLast() : text[...]
        return body.prefix(1).lowercased() + body.dropFirst()
    }
}
