import Foundation

/// A mosquitto of one measurement's own, with the settings that Vigil ships.
final class PrivateBroker {
    let port: Int
    private let child: Child

    /// Lines of the shipped configuration that open its doors; here there is one door, and nobody but us.
    private static let doors = ["listener", "password_file", "acl_file", "allow_anonymous", "per_listener_settings"]

    init(in directory: String) throws {
        port = try Loopback.freePort()
        let shipped = try String(contentsOfFile: "config/mosquitto/vigil.conf", encoding: .utf8)
        let settings = shipped.split(separator: "\n").filter { line in !Self.doors.contains { line.hasPrefix($0) } }
        let lines =
            settings + [
                "listener \(port) 127.0.0.1", "allow_anonymous true", "persistence_location \(directory)/", "log_dest none",
                "user \(NSUserName())",
            ]
        let path = directory + "/mosquitto.conf"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        child = try Child(Self.program(), ["-c", path], log: directory + "/mosquitto.log")
        let end = Stopwatch.now + 10_000_000_000
        while true {
            if let descriptor = Loopback.connect(port: port) {
                close(descriptor)
                break
            }
            guard child.isRunning, Stopwatch.now < end else { throw BenchFailure("mosquitto did not start; see \(path)") }
            Stopwatch.sleep(milliseconds: 5)
        }
    }

    var identifier: Int32 { child.identifier }

    /// At once: nothing of it is needed afterwards, and mosquitto saves its state first when it is asked politely.
    func stop() { child.end(SIGKILL) }

    private static func program() throws -> String {
        // Debian keeps daemons where an ordinary PATH does not look.
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for directory in directories + ["/usr/sbin", "/usr/local/sbin"] where access("\(directory)/mosquitto", X_OK) == 0 {
            return "\(directory)/mosquitto"
        }
        throw BenchFailure("mosquitto is not installed: apt-get install mosquitto")
    }
}
