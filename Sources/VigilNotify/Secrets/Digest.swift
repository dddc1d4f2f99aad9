internal import CCrypto

/// SHA-256 and its keyed form, by OpenSSL.
enum Digest {
    static let size = Int(SHA256_DIGEST_LENGTH)

    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        SHA256(bytes, bytes.count, &digest)
        return digest
    }

    static func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        var length = UInt32(size)
        HMAC(EVP_sha256(), key, Int32(clamping: key.count), bytes, bytes.count, &digest, &length)
        return digest
    }

    /// Compares in a time that does not tell where the difference is.
    static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
    }
}
