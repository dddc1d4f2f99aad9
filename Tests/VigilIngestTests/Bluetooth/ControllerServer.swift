import Foundation
import Glibc
import Synchronization
import VigilCore
import VigilTesting

@testable import VigilIngest

/// A controller on a loopback port that answers as its script says, says what a test wants, and can be unplugged.
final class ControllerServer: Sendable {
    private struct State {
        /// -1 where there is none.
        var listener: Int32 = -1
        var connection: Int32 = -1
        var controller = ScriptedController()
    }

    let port: Int
    private let state: Mutex<State>
    private let told = WatchedState<[UInt16]>([])

    init() throws {
        port = try freePort()
        state = Mutex(State())
        try plugIn()
    }

    var adapter: BluetoothAdapter { get throws { try Self.adapter(on: port) } }

    static func adapter(on port: Int) throws -> BluetoothAdapter {
        guard let adapter = BluetoothAdapter("h4:tcp:127.0.0.1:\(port)") else { throw Failure() }
        return adapter
    }

    struct Failure: Error {}

    /// Whoever opens it is served from now on.
    func plugIn() throws {
        guard let address = SocketAddress("127.0.0.1:\(port)") else { throw Failure() }
        let socket = try StreamSocket.listening(on: address)
        let listener = withExtendedLifetime(socket) { dup(socket.descriptor) }
        state.withLock { $0.listener = listener }
        Thread.detachNewThread { [weak self] in Self.serve(listener) { self } }
    }

    /// Nobody is there any more, until `plugIn`.
    func unplug() {
        state.withLock { state in
            // Whoever waits on them is woken, and closes them.
            for socket in [state.listener, state.connection] where socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
            state.listener = -1
            state.connection = -1
        }
    }

    deinit { unplug() }

    /// Sends bytes to whoever has it open.
    func say(_ bytes: [UInt8]) {
        state.withLock { state in
            _ = send(state.connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
    }

    func ignore(_ opcodes: Set<UInt16>) { state.withLock { $0.controller.ignored = opcodes } }

    var opcodes: [UInt16] { state.withLock { $0.controller.opcodes } }

    /// Blocks until the commands that it was given are as the claim says.
    func wait(for holds: ([UInt16]) -> Bool) -> Bool { told.wait(for: holds) }

    /// Serves one after the other until it is unplugged.
    private static func serve(_ listener: Int32, _ server: () -> ControllerServer?) {
        defer { close(listener) }
        var polled = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        while poll(&polled, 1, -1) > 0 {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            server()?.state.withLock { $0.connection = connection }
            answer(connection, server)
            server()?.state.withLock { if $0.connection == connection { $0.connection = -1 } }
            close(connection)
        }
    }

    private static func answer(_ connection: Int32, _ server: () -> ControllerServer?) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0, let server = server() else { return }
            let received = Array(buffer[..<count])
            let answers = server.state.withLock { $0.controller.take(received) }
            for answer in answers { server.say(answer) }
            let opcodes = server.opcodes
            server.told.update { $0 = opcodes }
        }
    }
}
