import VigilCore

/// Finds secrets that were written into the configuration, where every backup and every `cat` would show them.
struct SecretKeys {
    private static let names: Set<String> = [
        "password", "passwd", "passphrase", "token", "access_token", "auth_token", "bearer", "secret", "secret_key", "signing_secret",
        "api_key", "apikey", "access_key", "private_key",
    ]

    /// The tree without its secrets, each of which is a fault.
    static func refuse(in setting: Setting, path: String, _ faults: FaultList) -> Setting {
        switch setting.value {
        case .list(let elements):
            return Setting(.list(elements.enumerated().map { refuse(in: $1, path: "\(path)[\($0)]", faults) }), mark: setting.mark)
        case .map(let entries):
            var kept: [Setting.Entry] = []
            for var entry in entries {
                let joined = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                if names.contains(entry.key.lowercased()) {
                    let message = "a secret must not stand in the configuration; write \(entry.key)_file: PATH"
                    faults.add(SettingFault(mark: entry.mark, path: joined, message: message))
                    continue
                }
                entry.value = refuse(in: entry.value, path: joined, faults)
                kept.append(entry)
            }
            return Setting(.map(kept), mark: setting.mark)
        case .text(let text), .plain(let text):
            if holdsPassword(text) {
                let message = "a password stands in this address; remove it and write a *_file key, see docs/configuration.md"
                faults.add(SettingFault(mark: setting.mark, path: path, message: message))
            }
            return setting
        default: return setting
        }
    }

    /// `scheme://user:password@host`.
    private static func holdsPassword(_ text: String) -> Bool {
        guard let scheme = text.firstRange(of: "://") else { return false }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }
}
