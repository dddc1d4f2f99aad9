import ArgumentParser

/// Where a broker listens: `127.0.0.1:1883`, `broker.example`, `[::1]:1883`.
struct BrokerAddress: ExpressibleByArgument, Equatable, CustomStringConvertible {
    let host: String
    let port: Int

    init?(argument: String) {
        let host: Substring
        let rest: Substring
        if argument.hasPrefix("[") {
            guard let end = argument.firstIndex(of: "]") else { return nil }
            host = argument[argument.index(after: argument.startIndex)..<end]
            rest = argument[argument.index(after: end)...]
        } else {
            let end = argument.lastIndex(of: ":") ?? argument.endIndex
            host = argument[..<end]
            rest = argument[end...]
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        if rest.isEmpty {
            port = 1883
        } else {
            guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()), number > 0 else { return nil }
            port = Int(number)
        }
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
