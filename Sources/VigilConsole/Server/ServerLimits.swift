import Hummingbird
import HummingbirdCore
import Logging

// What a client that means harm, or means nothing, can cost: connections, and the time that one may say nothing.

extension ApplicationConfiguration {
    static func console(_ address: BindAddress, connections: Int, logger: Logger) -> Self {
        var configuration = ApplicationConfiguration(address: address)
        configuration.availableConnectionsDelegate = .maximum(connections, logger: logger)
        return configuration
    }
}

extension HTTPServerBuilder {
    static var console: HTTPServerBuilder { .http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(30))) }
}
