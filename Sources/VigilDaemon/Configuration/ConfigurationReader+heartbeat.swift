import VigilCore
import VigilNotify

extension ConfigurationReader {
    /// The monitor outside the box; nil where none is configured, or a fault was noted.
    func readHeartbeat(_ top: inout SettingsReader) -> HeartbeatMonitor? {
        guard var reader = top.reader("heartbeat") else { return nil }
        let address = readMonitorAddress(&reader)
        let every = reader.duration("every", in: .seconds(10) ... .minutes(10)) ?? .seconds(60)
        var http = HTTPClient.Configuration()
        http.deadline = reader.duration("timeout", in: .seconds(1) ... .seconds(10)) ?? .seconds(10)
        http.connectTimeout = min(http.connectTimeout, http.deadline)
        http.caFile = readableFile("ca_file", &reader)
        http.proxy = reader.line("proxy")
        reader.finish()
        return address.map { HeartbeatMonitor(address: $0, every: every, http: http) }
    }

    private func readMonitorAddress(_ reader: inout SettingsReader) -> Secret? {
        let plain = reader.line("url")
        let file = readableFile("url_file", &reader)
        switch (plain, file) {
        case (nil, nil):
            if !reader.isRefused("url") && !reader.isRefused("url_file") {
                let message = "\"url_file\" is missing; write url_file: a file that holds the monitor's address"
                reader.fault(at: reader.mark, key: nil, message)
            }
            return nil
        case (.some, .some):
            reader.fault(at: reader.mark(of: "url"), key: "url", "stands beside url_file; keep one of them")
            return nil
        case (let address?, nil): return checked(Secret(address), "url", reader)
        case (nil, let path?):
            // What cannot be read was named already.
            guard !reader.faults.names(reader.joined("url_file")) else { return nil }
            switch SecretFile.read(path) {
            case .success(let address): return checked(address, "url_file", reader)
            case .failure(let failure):
                reader.fault(at: reader.mark(of: "url_file"), key: "url_file", failure.description)
                return nil
            }
        }
    }

    private func checked(_ address: Secret, _ key: String, _ reader: SettingsReader) -> Secret? {
        guard let fault = HeartbeatMonitor.fault(in: address.revealed) else { return address }
        reader.fault(at: reader.mark(of: key), key: key, fault)
        return nil
    }
}
