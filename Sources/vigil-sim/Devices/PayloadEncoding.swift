import Foundation

extension Encodable {
    /// Compact JSON with sorted keys, as Zigbee2MQTT writes it.
    func payload() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
