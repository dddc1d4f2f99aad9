internal import Glibc
public import VigilCore

/// Proves that an acceptance comes from whoever was told: an HMAC over alert and contact under a secret of this box.
///
/// Every message that offers to accept carries the token of its alert and recipient; whoever holds none can accept nothing, and one
/// recipient's token is worth nothing for another person or another alert. It grows old with its alert.
public struct AcceptToken: Sendable {
    static let secretSize = 32
    static let fileName = "accept.key"

    private let key: [UInt8]

    /// - Parameter key: 32 random bytes.
    public init(key: [UInt8]) { self.key = key }

    /// 43 characters of base64url.
    public func make(alert: AlertID, contact: ContactID) -> String {
        // The length keeps the two apart: no pair of ids reads like another pair.
        let text = "vigil accept v1\n\(alert.rawValue.utf8.count) \(alert.rawValue)\n\(contact.rawValue)"
        return Base64URL.encode(Digest.hmacSHA256(key: key, Array(text.utf8)))
    }

    /// Takes the same time wherever a forged token differs.
    public func verifies(_ token: String, alert: AlertID, contact: ContactID) -> Bool {
        Digest.areEqual(Array(token.utf8), Array(make(alert: alert, contact: contact).utf8))
    }

    /// Reads the box's secret from `accept.key` in the state directory; the first start makes it, readable by its owner only.
    public static func load(fromStateDirectory directory: String) -> Result<AcceptToken, SecretFile.Failure> {
        let path = "\(directory)/\(fileName)"
        if access(path, F_OK) != 0, case .failure(let failure) = create(path) { return .failure(failure) }
        return SecretFile.readBytes(path, limit: secretSize).flatMap { bytes in
            guard bytes.count == secretSize else {
                return .failure(
                    SecretFile.Failure(
                        "\(path) holds \(bytes.count) bytes where \(secretSize) are wanted; restore it from a backup, or remove it "
                            + "(buttons of messages already sent then stop working)"))
            }
            return .success(AcceptToken(key: bytes))
        }
    }

    /// Whole or not at all: written aside, made durable, then linked to its name, which fails if another start was faster.
    private static func create(_ path: String) -> Result<Void, SecretFile.Failure> {
        var random = SystemRandomNumberGenerator()
        let key = (0..<secretSize).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return .failure(SecretFile.Failure("cannot create \(draft): \(SecretFile.lastError())")) }
        defer { unlink(draft) }
        let isWritten = write(descriptor, key, key.count) == key.count && fsync(descriptor) == 0
        let reason = SecretFile.lastError()
        close(descriptor)
        guard isWritten else { return .failure(SecretFile.Failure("cannot write \(draft): \(reason)")) }
        guard link(draft, path) == 0 || errno == EEXIST else {
            return .failure(SecretFile.Failure("cannot create \(path): \(SecretFile.lastError())"))
        }
        return .success(())
    }
}
