internal import CCrypto

/// AES-128 in CCM mode with a MIC of four bytes, by OpenSSL.
// Source: NIST SP 800-38C, RFC 3610; EVP_EncryptInit(3), "CCM mode".
enum AESCCM {
    static let micLength = 4

    /// What was sealed; nil where the MIC is not of this key, nonce and text.
    ///
    /// - Parameters:
    ///   - nonce: 7 to 13 bytes.
    ///   - associated: what was not sealed and is proven as well.
    static func open(
        _ sealed: ArraySlice<UInt8>, mic: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8], associated: [UInt8] = []
    ) -> [UInt8]? {
        guard !sealed.isEmpty, key.count == 16, (7...13).contains(nonce.count), mic.count == micLength,
            let context = EVP_CIPHER_CTX_new()
        else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let sealed = Array(sealed)
        var mic = Array(mic)
        var opened = [UInt8](repeating: 0, count: sealed.count)
        var length: Int32 = 0
        guard EVP_DecryptInit_ex(context, EVP_aes_128_ccm(), nil, nil, nil) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonce.count), nil) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(micLength), &mic) == 1,
            EVP_DecryptInit_ex(context, nil, nil, key, nonce) == 1,
            // The mode has to know the length before anything else.
            EVP_DecryptUpdate(context, nil, &length, nil, Int32(sealed.count)) == 1,
            associated.isEmpty || EVP_DecryptUpdate(context, nil, &length, associated, Int32(associated.count)) == 1,
            EVP_DecryptUpdate(context, &opened, &length, sealed, Int32(sealed.count)) == 1
        else { return nil }
        return opened
    }

    /// What was sealed by somebody who sends no MIC: whatever was sent becomes something, and nothing of it is proven.
    ///
    /// - Parameter nonce: 13 bytes.
    static func openUnproven(_ sealed: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8]) -> [UInt8]? {
        guard !sealed.isEmpty, key.count == 16, nonce.count == 13, let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let sealed = Array(sealed)
        // The first block of the counter is the MIC's, the text begins with the second.
        let counter = [1] + nonce + [0, 1]
        var opened = [UInt8](repeating: 0, count: sealed.count)
        var length: Int32 = 0
        guard EVP_DecryptInit_ex(context, EVP_aes_128_ctr(), nil, key, counter) == 1,
            EVP_DecryptUpdate(context, &opened, &length, sealed, Int32(sealed.count)) == 1
        else { return nil }
        return opened
    }
}
