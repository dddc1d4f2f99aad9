import ServiceLifecycle
import Testing

@testable import VigilDaemon

struct PartTests {
    private struct Safe: Service {
        let secret = "whsec_open"

        func run() async throws {}
    }

    @Test("logs get the name of a part, and nothing of what it holds")
    func name() {
        let part = ServiceGroupConfiguration.ServiceConfiguration.part(Safe())

        #expect(part.serviceName == "Safe")
    }
}
