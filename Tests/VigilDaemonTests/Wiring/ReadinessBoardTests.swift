import Testing
import VigilCore

@testable import VigilDaemon

/// When the watch stands, and what it lacks.
struct ReadinessBoardTests {
    private func board() -> ReadinessBoard {
        let board = ReadinessBoard(brokers: ["one", "two"])
        board.gatewayRuns()
        board.listens(.control)
        board.listens(.probes)
        return board
    }

    @Test("a broker that is down keeps nobody from the other: the watch stands, and names it")
    func oneDown() {
        let board = board()
        board.connected("one")
        let before = board.isComplete

        board.disconnected("two", reason: "connection refused")

        #expect(!before)
        #expect(board.isComplete)
        #expect(board.missing == ["broker two: connection refused"])
    }

    @Test("a broker that refuses a topic is named until it does not")
    func refused() {
        let board = board()
        board.connected("one")
        board.connected("two")

        board.refused("two", filters: ["zigbee2mqtt/#"])
        let missing = board.missing
        board.refused("two", filters: [])

        #expect(missing == ["broker two: does not let us hear zigbee2mqtt/#; allow it in the broker's access list"])
        #expect(board.missing.isEmpty)
    }

    @Test("a port that nobody can listen on is named as what it is")
    func listener() {
        let board = ReadinessBoard(brokers: [], listeners: ["watches"])
        board.gatewayRuns()
        board.listens(.control)
        board.listens(.probes)
        let before = board.isComplete

        board.disconnected("watches", reason: "cannot bind 10.8.0.1:8001: Cannot assign requested address")

        #expect(!before)
        #expect(board.isComplete)
        #expect(board.missing == ["listener watches: cannot bind 10.8.0.1:8001: Cannot assign requested address"])
        #expect(board.sources.first?.kind == .listener)
    }

    @Test("before the console listens the watch does not stand")
    func closed() {
        let board = ReadinessBoard(brokers: [])
        board.gatewayRuns()

        #expect(!board.isComplete)
    }
}
