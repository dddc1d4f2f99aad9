import Testing

@testable import vigil_sim

@Suite struct ArgumentTests {
    @Test(
        "an address is a host and a port, 1883 where none is given",
        arguments: [
            ("127.0.0.1:1884", "127.0.0.1", 1884), ("broker.example", "broker.example", 1883), ("[::1]:1885", "::1", 1885),
            ("[fe80::2]", "fe80::2", 1883),
        ])
    func address(text: String, host: String, port: Int) throws {
        let address = try #require(BrokerAddress(argument: text))

        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(
        "what is no address is refused",
        arguments: ["", ":1883", "host:", "host:0", "host:65536", "host:x", "[::1", "[]:1883", "[::1]x"])
    func noAddress(text: String) {
        #expect(BrokerAddress(argument: text) == nil)
    }

    @Test("lengths have units", arguments: [("500ms", 500), ("90s", 90_000), ("10m", 600_000), ("8h", 28_800_000)])
    func length(text: String, milliseconds: Int) {
        #expect(PlayLength(argument: text)?.length == .milliseconds(milliseconds))
    }

    @Test(
        "what is no length is refused", arguments: ["", "90", "s", "-5s", "1.5s", "0s", "99999999999999999999s", "31536000000h", "5d"])
    func noLength(text: String) {
        #expect(PlayLength(argument: text) == nil)
    }

    @Test("a speed is a factor, with or without its x", arguments: [("2", 2.0), ("2x", 2), ("0.5", 0.5)])
    func speed(text: String, factor: Double) {
        #expect(PlaySpeed(argument: text)?.factor == factor)
    }

    @Test("what is no speed is refused", arguments: ["", "x", "0", "-1", "nan", "inf", "1e9"])
    func noSpeed(text: String) {
        #expect(PlaySpeed(argument: text) == nil)
    }
}
