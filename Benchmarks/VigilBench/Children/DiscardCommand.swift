import ArgumentParser
import Glibc

/// The consumer to compare with: hears at QoS 1 in a session that the broker keeps, through libmosquitto's own loop, and throws away.
struct DiscardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "child-discard", abstract: "Hears messages and throws them away.", shouldDisplay: false)

    @Option var port: Int
    @Option var count: Int

    /// Prints "listening", and when it has all the times at which a tenth and nine tenths of the messages were there; stays until it is ended.
    func run() throws {
        let line = try MQTTLine("vigil", port: port, isClean: false)
        try line.subscribe("zigbee2mqtt/#")
        print("listening")
        fflush(nil)
        while line.received < count / 10 { try line.step() }
        let begin = Stopwatch.now
        while line.received < count * 9 / 10 { try line.step() }
        let end = Stopwatch.now
        while line.received < count { try line.step() }
        print("\(begin) \(end)")
        fflush(nil)
        while true { pause() }
    }
}
