import VigilCore

/// Raw samples: checked and confirmed here, evaluated by nothing yet.
extension NativeMessage {
    private static let rates = 1.0...1000.0
    private static let sampleLimit = 8192
    /// Metres per second squared; far beyond what a wrist sensor saturates at.
    private static let accelerations = -400.0...400.0

    /// Takes a run of samples: `hz` and `xyz`, triples in m/s^2, or `xyz_mg`, base64 of little-endian int16 triples in thousandths of g.
    mutating func takeAcceleration(_ root: JSONNode) throws(DecodeFailure) {
        guard root.isObject else { throw DecodeFailure(.unknownShape, "a run of samples is a JSON object") }
        guard isNews(root, place: "") else { return }
        guard let rate = root.member("hz")?.number, Self.rates.contains(rate) else {
            return fault("hz", "not a rate from 1 to 1000 samples per second")
        }
        switch (root.member("xyz"), root.member("xyz_mg")) {
        case (let triples?, nil):
            guard Self.areTriples(triples) else { return fault("xyz", "not 1 to \(Self.sampleLimit) triples of m/s^2") }
        case (nil, let packed?):
            guard let text = packed.text, Self.isPackedTriples(text) else {
                return fault("xyz_mg", "not base64 of 1 to \(Self.sampleLimit) triples of int16")
            }
        default: return fault("xyz", "either this or \"xyz_mg\" must be there, and not both")
        }
        fault("acceleration", "samples are kept and not evaluated yet")
    }

    private static func areTriples(_ node: JSONNode) -> Bool {
        guard node.isArray, (1...sampleLimit).contains(node.count) else { return false }
        return node.elements.allSatisfy { triple in
            triple.isArray && triple.count == 3
                && triple.elements.allSatisfy { sample in sample.number.map { accelerations.contains($0) } ?? false }
        }
    }

    private static func isPackedTriples(_ text: TextBytes) -> Bool {
        guard !text.isEmpty, text.count.isMultiple(of: 4) else { return false }
        var padding = 0
        for byte in text.bytes {
            switch byte {
            case UInt8(ascii: "="): padding += 1
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "+"), UInt8(ascii: "/"):
                guard padding == 0 else { return false }
            default: return false
            }
        }
        let byteCount = text.count / 4 * 3 - padding
        return padding <= 2 && byteCount.isMultiple(of: 6) && (1...sampleLimit).contains(byteCount / 6)
    }
}
