import Foundation
public import VigilCore

/// Effects as `vigil replay` prints them: one JSON object a line, keys in order, so that equal effects are equal bytes.
public enum EffectLines {
    public static func line(_ effect: Effect) throws -> String { try line(of: effect) }

    public static func text(_ effects: [Effect]) throws -> String { try effects.map { try line(of: $0) }.joined(separator: "\n") }

    public static func line(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
