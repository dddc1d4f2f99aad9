import Foundation
import Testing
import VigilTesting

/// A part of the daemon that fails ends all of it, in order and with a word: who hears nothing must not look alive.
@Suite struct PartFailureTests {
    @Test("somebody else listens where health and metrics should be: it ends by itself and says why")
    func portTaken() throws {
        let house = try CrashHouse(residents: 1)
        // The broker does.
        let file = house.directory + "/vigil.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing(/http: 127.0.0.1:\d+/, with: "http: 127.0.0.1:\(house.broker.port)")
            .write(toFile: file, atomically: true, encoding: .utf8)

        let daemon = try house.startDaemon()
        let end = daemon.wait(milliseconds: 60_000)

        #expect(end == .exited(75))
        #expect(house.log.contains("a part of the daemon failed"))
        #expect(house.log.contains("127.0.0.1:\(house.broker.port)"))
    }

    @Test("a control socket that cannot be made ends it as well")
    func socketTaken() throws {
        let house = try CrashHouse(residents: 1)
        try FileManager.default.createDirectory(atPath: house.directory + "/vigil.sock/kept", withIntermediateDirectories: true)

        let daemon = try house.startDaemon()

        #expect(daemon.wait(milliseconds: 60_000) == .exited(75))
        #expect(house.log.contains("a part of the daemon failed"))
    }
}
