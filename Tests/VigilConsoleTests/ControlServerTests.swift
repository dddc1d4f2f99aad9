import Foundation
import Glibc
import Synchronization
import Testing
import VigilConsole
import VigilCore
import VigilNotify
import VigilStore
import VigilTesting

struct ControlServerTests {
    @Test("the peer is who the kernel says it is")
    func peer() async throws {
        let house = try ConsoleHouse()
        let seen = Mutex<Peer?>(nil)
        let policy = PeerPolicy { peer in
            seen.withLock { $0 = peer }
            return true
        }

        _ = try await house.serve(policy: policy) { try await Caller(socket: house.socket).get("/v1/status") }

        let peer = try #require(seen.withLock { $0 })
        #expect(peer.userID == geteuid())
        #expect(peer.processID == getpid())
        #expect(peer.groupIDs.first == getegid())
    }

    @Test("who may not command is told so, whatever the path", arguments: ["/v1/status", "/v1/alerts", "/metrics", "/nowhere"])
    func stranger(path: String) async throws {
        let house = try ConsoleHouse()

        let response = try await house.serve(policy: PeerPolicy { _ in false }) { try await Caller(socket: house.socket).get(path) }

        #expect(response.status == 403)
        #expect(try response.json(ErrorReport.self).error.contains("may not command this daemon"))
    }

    @Test("owners are root, the daemon's user and the socket's group", arguments: [(true, [7]), (false, [8])])
    func owners(isMember: Bool, groups: [UInt32]) throws {
        let house = try ConsoleHouse()
        try "".write(toFile: house.socket, atomically: true, encoding: .utf8)
        try #require(geteuid() != 0 || chown(house.socket, 0, 7) == 0)
        let group = try #require(FileManager.default.attributesOfItem(atPath: house.socket)[.groupOwnerAccountID] as? Int)
        let policy = PeerPolicy.owners(ofSocket: house.socket)
        let stranger = geteuid() + 4711

        let member = isMember ? [UInt32(group)] : groups.map { $0 + UInt32(group) }

        #expect(policy.allows(Peer(processID: 1, userID: stranger, groupIDs: [99_999] + member)) == isMember)
        #expect(policy.allows(Peer(processID: 1, userID: 0, groupIDs: [])))
        #expect(policy.allows(Peer(processID: 1, userID: geteuid(), groupIDs: [])))
    }

    @Test("the socket is its owner's and its group's, and goes with the server")
    func mode() async throws {
        let house = try ConsoleHouse()

        let mode = try await house.serve {
            try FileManager.default.attributesOfItem(atPath: house.socket)[.posixPermissions] as? Int
        }

        #expect(mode == 0o660)
        #expect(!FileManager.default.fileExists(atPath: house.socket))
    }

    @Test("a socket that a killed daemon left is replaced")
    func stale() async throws {
        let house = try ConsoleHouse()
        let descriptor = boundSocket(house.socket)
        close(descriptor)
        try #require(FileManager.default.fileExists(atPath: house.socket))

        let response = try await house.serve { try await Caller(socket: house.socket).get("/-/healthy") }

        #expect(response.status == 200)
    }

    @Test("a socket that somebody answers on is left alone")
    func occupied() async throws {
        let house = try ConsoleHouse()
        let descriptor = boundSocket(house.socket)
        defer { close(descriptor) }
        try #require(listen(descriptor, 1) == 0)

        let error = await #expect(throws: ConsoleStartError.self) { try await house.serve { true } }

        #expect(error?.description.contains("another daemon answers there") == true)
        #expect(FileManager.default.fileExists(atPath: house.socket))
    }

    @Test("a file that is no socket is never removed")
    func foreignFile() async throws {
        let house = try ConsoleHouse()
        try "precious".write(toFile: house.socket, atomically: true, encoding: .utf8)

        let error = await #expect(throws: ConsoleStartError.self) { try await house.serve { true } }

        #expect(error?.description.contains("no socket") == true)
        #expect(try String(contentsOfFile: house.socket, encoding: .utf8) == "precious")
    }

    private func boundSocket(_ path: String) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return descriptor
    }
}
