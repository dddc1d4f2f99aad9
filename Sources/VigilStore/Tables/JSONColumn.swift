internal import Foundation

/// Values of the core in their stored form: JSON with sorted keys, so that equal values are equal bytes.
enum JSONColumn {
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func bytes(_ value: some Encodable) throws -> [UInt8] { Array(try encoder.encode(value)) }

    static func value<Value: Decodable>(_: Value.Type, from bytes: [UInt8]) throws -> Value {
        try decoder.decode(Value.self, from: Data(bytes))
    }

    static func value<Value: Decodable>(_: Value.Type, from text: String) throws -> Value {
        try decoder.decode(Value.self, from: Data(text.utf8))
    }

    // A number that JSON cannot say must not keep an alert from being stored. The words are ones that no text of ours is.
    private static let words = (plus: "number:+infinity", minus: "number:-infinity", none: "number:nan")

    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: words.plus, negativeInfinity: words.minus, nan: words.none)
        return encoder
    }()

    private static let decoder = {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: words.plus, negativeInfinity: words.minus, nan: words.none)
        return decoder
    }()
}
