import Foundation
import VigilCore

/// A frame as the fields of a line: `"topic": ..., "payload": ...`.
struct FrameForm: Codable {
    private enum Encoding: String, Codable, CaseIterable {
        case utf8, hex, base64
    }

    let frame: Frame

    init(_ frame: Frame) { self.frame = frame }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: ReplayLine.CodingKeys.self)
        guard !fields.contains(.ble) else {
            throw DecodingError.dataCorruptedError(
                forKey: .ble, in: fields, debugDescription: "frames over the air are not replayed yet; this release listens to MQTT")
        }
        let encoding = try Self.encoding(fields)
        let payload = try fields.decode(String.self, forKey: .payload)
        guard let bytes = Self.bytes(payload, encoding) else {
            throw DecodingError.dataCorruptedError(forKey: .payload, in: fields, debugDescription: "is no \(encoding.rawValue)")
        }
        frame = Frame(
            source: try fields.decodeIfPresent(SourceID.self, forKey: .source) ?? "",
            origin: .mqtt(topic: try fields.decode(String.self, forKey: .topic)), payload: bytes,
            isRetained: try fields.decodeIfPresent(Bool.self, forKey: .retained) ?? false,
            isRedelivery: try fields.decodeIfPresent(Bool.self, forKey: .redelivery) ?? false,
            isDuplicate: try fields.decodeIfPresent(Bool.self, forKey: .duplicate) ?? false)
    }

    private static func encoding(_ fields: KeyedDecodingContainer<ReplayLine.CodingKeys>) throws -> Encoding {
        guard let word = try fields.decodeIfPresent(String.self, forKey: .payloadEncoding) else { return .utf8 }
        if let encoding = Encoding(rawValue: word) { return encoding }
        let hint = SettingFault.hint(word, among: Encoding.allCases.map(\.rawValue))
        throw DecodingError.dataCorruptedError(
            forKey: .payloadEncoding, in: fields, debugDescription: "unknown encoding \(SettingFault.quoted(word))\(hint)")
    }

    private static func bytes(_ text: String, _ encoding: Encoding) -> [UInt8]? {
        switch encoding {
        case .utf8: return Array(text.utf8)
        case .base64: return Data(base64Encoded: text).map { Array($0) }
        case .hex: return HexText.bytes(text)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: ReplayLine.CodingKeys.self)
        if frame.source != "" { try fields.encode(frame.source, forKey: .source) }
        try fields.encode(frame.topic, forKey: .topic)
        if let text = String(validating: frame.payload, as: UTF8.self) {
            try fields.encode(text, forKey: .payload)
        } else {
            try fields.encode(Data(frame.payload).base64EncodedString(), forKey: .payload)
            try fields.encode(Encoding.base64, forKey: .payloadEncoding)
        }
        if frame.isRetained { try fields.encode(true, forKey: .retained) }
        if frame.isRedelivery { try fields.encode(true, forKey: .redelivery) }
        if frame.isDuplicate { try fields.encode(true, forKey: .duplicate) }
    }
}
