internal import Foundation
import Glibc
internal import Synchronization

/// A Bluetooth controller behind H4, with the devices around it: `Tests/Support/virtual_radio` as a process of its own.
///
/// Each method returns when it has taken effect, so that no test has to wait in vain. The process ends with this object, and at the latest
/// with the test run.
public final class VirtualRadio: Sendable {
    /// Why it did not start, or did not do what it was told.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Where the host under test reaches the controller.
    public enum Port: String, CaseIterable, Sendable {
        case tcp, unix, serial
    }

    /// Whether it can start here; where not, `scripts/setup --for-tests` installs it.
    public static let isInstalled = access(environment.appending(path: "has-virtual-radio").path, R_OK) == 0

    /// The adapter as Vigil's configuration writes it; it stays the same when it was unplugged.
    public let adapter: String
    private let process: ChildProcess
    private let directory: URL
    /// One order at a time.
    private let orders = Mutex(())

    /// - Parameter isExtended: the controller has the commands of extended advertising.
    public init(_ port: Port = .tcp, isExtended: Bool = false) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "vigil-radio-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let place = port == .tcp ? port.rawValue : "\(port.rawValue):\(directory.appending(path: "radio").path)"
        let program = Self.project.appending(path: "Tests/Support/virtual_radio").path
        process = try ChildProcess(
            Self.environment.appending(path: "bin/python").path, ["-B", program, place] + (isExtended ? ["--extended"] : []),
            input: .pipe, output: .pipe, errors: .inherited)
        // No order of a healthy run takes so long.
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(process.output?.fileDescriptor ?? -1, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard let line = Self.line(of: process), let adapter = try Answer(line).adapter else {
            throw Failure(description: "the virtual radio did not start; what it said stands above")
        }
        self.adapter = adapter
    }

    deinit {
        process.kill()
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(at: directory)
    }

    /// What it answered to an order.
    struct Answer: Decodable {
        var adapter: String?
        var ok: Bool?
        var error: String?
        var value: String?

        init(_ line: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(line)) }
    }

    /// Gives an order and waits until it is carried out.
    @discardableResult
    func order(_ what: String, _ details: [String: Any] = [:]) throws -> Answer {
        let text = try JSONSerialization.data(withJSONObject: details.merging(["do": what]) { $1 }) + Data("\n".utf8)
        let line = try orders.withLock { _ in
            try process.input?.write(contentsOf: text)
            return Self.line(of: process)
        }
        guard let line else { throw Failure(description: "the virtual radio does not answer \(what)") }
        let answer = try Answer(line)
        guard answer.ok == true else { throw Failure(description: "the virtual radio cannot \(what): \(answer.error ?? "")") }
        return answer
    }

    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let environment = project.appending(path: ".venv")

    /// The next line that it says; nil where none comes.
    private static func line(of process: ChildProcess) -> [UInt8]? {
        guard let descriptor = process.output?.fileDescriptor else { return nil }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) == 1 {
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        return nil
    }
}
