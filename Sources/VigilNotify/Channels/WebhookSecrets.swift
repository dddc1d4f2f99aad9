internal import FoundationEssentials

/// The keys that sign a webhook: the current one, and others while the receiver changes over.
struct WebhookSecrets: Sendable {
    /// Spec: Standard Webhooks, "Signature scheme": between 24 and 64 bytes.
    static let keySizes = 24...64
    static let prefix = "whsec_"

    private let keys: [[UInt8]]

    /// The words never hold what they complain about.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads `whsec_` keys, separated by white space.
    static func parse(_ secret: Secret) -> Result<WebhookSecrets, Failure> {
        var keys: [[UInt8]] = []
        for (index, word) in secret.revealed.split(whereSeparator: \.isWhitespace).enumerated() {
            guard word.hasPrefix(prefix), let key = Data(base64Encoded: String(word.dropFirst(prefix.count))) else {
                return .failure(Failure(description: "secret \(index + 1) is not \(prefix) followed by base64"))
            }
            guard keySizes.contains(key.count) else {
                return .failure(
                    Failure(
                        description:
                            "secret \(index + 1) holds \(key.count) bytes where \(keySizes.lowerBound) to \(keySizes.upperBound) "
                            + "are wanted; make one with: echo whsec_$(openssl rand -base64 32)"))
            }
            keys.append(Array(key))
        }
        return keys.isEmpty ? .failure(Failure(description: "no secret")) : .success(WebhookSecrets(keys: keys))
    }

    /// The value of `webhook-signature`: one signature per key, separated by spaces.
    func signatures(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return keys.map { "v1,\(Data(Digest.hmacSHA256(key: $0, signed)).base64EncodedString())" }.joined(separator: " ")
    }
}
