internal import VigilCore

extension SettingsReader {
    /// The keys that every HTTP channel has: `timeout`, `ca_file`, `proxy`.
    mutating func httpConfiguration() -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        if let deadline = duration("timeout") {
            if (Milliseconds(1)...configuration.deadline).contains(deadline) {
                configuration.deadline = deadline
                configuration.connectTimeout = min(configuration.connectTimeout, deadline)
            } else {
                fault(
                    at: mark(of: "timeout"), key: "timeout",
                    "\(deadline.text) is out of range; write up to \(configuration.deadline.text)")
            }
        }
        configuration.caFile = text("ca_file")
        configuration.proxy = text("proxy")
        return configuration
    }

    /// An http or https URL without a trailing slash.
    mutating func webAddress(_ key: String) -> String? { text(key).flatMap { checkedAddress($0, key) } }

    /// An http or https URL without a trailing slash that must be there.
    mutating func requiredWebAddress(_ key: String, _ wanted: String) -> String? {
        requiredText(key, wanted).flatMap { checkedAddress($0, key) }
    }

    private func checkedAddress(_ text: String, _ key: String) -> String? {
        var address = text
        if let problem = HTTPRequest("GET", address).fault {
            fault(at: mark(of: key), key: key, "\(problem); write for example https://ntfy.example.org")
            return nil
        }
        while address.hasSuffix("/") { address.removeLast() }
        return address
    }

    /// What stands in the file that a `*_file` key names. A file that cannot be read is a fault.
    mutating func secret(_ key: String, _ services: ChannelServices) -> Secret? {
        guard let path = text(key) else { return nil }
        switch services.readSecret(path) {
        case .success(let secret): return secret
        case .failure(let failure):
            fault(at: mark(of: key), key: key, failure.description)
            return nil
        }
    }
}
