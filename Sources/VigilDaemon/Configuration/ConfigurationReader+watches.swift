import VigilCore
import VigilIngest

extension ConfigurationReader {
    /// One entry of `watches`.
    struct Watches {
        var configuration: WatchListenerConfiguration
        var reader: SettingsReader
    }

    /// Where GPS watches connect by themselves.
    func readWatches(_ top: inout SettingsReader, besides brokers: [Broker]) -> [Watches] {
        let listeners = top.readers("watches").compactMap(readListener)
        refuseDuplicates(listeners.map { ($0.configuration.id.rawValue, $0.reader) }, "listener")
        for (index, listener) in listeners.enumerated() {
            let configuration = listener.configuration
            if brokers.contains(where: { $0.configuration.id == configuration.id }), configuration.id != "" {
                listener.reader.fault(
                    at: listener.reader.mark(of: "id"), key: "id",
                    "a broker is called \(SettingFault.quoted(configuration.id.rawValue)) already; give each an id of its own")
            }
            if listeners.prefix(index).contains(where: { $0.configuration.address == configuration.address }) {
                listener.reader.fault(
                    at: listener.reader.mark(of: "listen"), key: "listen",
                    "another entry listens on \(configuration.address) already; write another port")
            }
        }
        return listeners
    }

    /// What is heard there is read as what it is.
    func routes(of watches: [Watches]) -> [TopicRoute] {
        watches.map { TopicRoute(source: $0.configuration.id, filter: "3g-watch/+", dialect: "3g-watch") }
    }

    private func readListener(_ entry: SettingsReader) -> Watches? {
        var reader = entry
        let id = SourceID(reader.identifier("id", "a name of your own, such as watches") ?? "")
        let text = reader.requiredLine("listen", "an address of this box with a port, such as 10.8.0.1:8001")
        let limit = reader.integer("max_connections", in: 1...512) ?? 256
        let idle = reader.duration("idle_timeout", in: .minutes(10) ... .hours(24)) ?? .minutes(20)
        reader.finish()
        guard let text else { return nil }
        guard let address = SocketAddress(text) else {
            let message = "\(SettingFault.quoted(text)) is no numeric address with a port; write 10.8.0.1:8001 or [fd00::1]:8001"
            reader.fault(at: reader.mark(of: "listen"), key: "listen", message)
            return nil
        }
        if address.isUnspecified {
            let message =
                "a watch proves nothing about itself, and every network of the box can now speak as any watch; write the address that "
                + "the VPN or private APN of the watches reaches"
            reader.fault(at: reader.mark(of: "listen"), key: "listen", message, weight: .warning)
        }
        return Watches(
            configuration: WatchListenerConfiguration(id: id, address: address, maximumConnections: limit, idleTimeout: idle),
            reader: reader)
    }
}
