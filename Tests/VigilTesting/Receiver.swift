public import Dispatch
internal import Foundation
internal import VigilNotify

/// The vendor stub `Tests/Support/receiver.py` as a process of its own on a free loopback port.
///
/// It refuses what the vendors refuse. It ends with this object, and at the latest with the test run.
public final class Receiver: Sendable {
    /// Why it did not start; the words say what to install.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// What the next requests of a path get instead of an answer; the cases are explained in `receiver.py`.
    public enum Behaviour: Hashable, Sendable {
        case status(Int, headers: [String: String] = [:], body: String = "")
        case errorBody, empty, portal, endless, slow, hang, reset, truncated, garbage, headers
        case silentStream, resetAfter
        case redirect(Int)

        fileprivate var order: [String: Any] {
            switch self {
            case .status(let status, let headers, let body):
                ["behaviour": "status", "status": status, "headers": headers, "body": body]
            case .errorBody: ["behaviour": "error_body"]
            case .redirect(let status): ["behaviour": "redirect", "status": status]
            case .silentStream: ["behaviour": "silent_stream"]
            case .resetAfter: ["behaviour": "reset_after"]
            default: ["behaviour": "\(self)"]
            }
        }
    }

    /// 0 on a unix socket.
    public let port: Int
    private let process: ChildProcess
    private let output = ReceiverOutput()

    /// - Parameter arguments: of `receiver.py`, see its `--help`.
    public init(_ arguments: [String] = []) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Support/receiver.py")
        process = try ChildProcess("python3", [script.path, "--leash"] + arguments, input: .pipe, output: .pipe, errors: .inherited)
        Thread { [output, handle = process.output] in output.read(handle) }.start()
        guard let port = output.wait(for: 1, within: .seconds(20), where: { $0.ready != nil }).first?.ready else {
            throw Failure(description: "receiver.py did not start; is python3 installed")
        }
        self.port = port
    }

    /// `http://127.0.0.1:<port>`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// Everything that was printed so far.
    public var lines: [ReceiverLine] { output.lines }

    /// Blocks until as many lines fit, or the time is over; answers those that fit.
    @discardableResult
    public func wait(
        for count: Int = 1, within limit: DispatchTimeInterval = .seconds(20), where fits: (ReceiverLine) -> Bool
    ) -> [ReceiverLine] {
        output.wait(for: count, within: limit, where: fits)
    }

    /// Lets the next requests of a path misbehave; `/@topic` means publications as JSON to that topic.
    public func misbehave(_ behaviour: Behaviour, at path: String, count: Int = 1) throws {
        var order = behaviour.order
        order["path"] = path
        order["count"] = count
        try post("/_control", JSONSerialization.data(withJSONObject: order))
    }

    /// Ends every stream, as a server that restarts does.
    public func dropStreams() throws { try post("/_drop", Data()) }

    /// Posts plain text to a topic, as anybody on the network may.
    public func publish(_ text: String, to topic: String) throws { try post("/\(topic)", Data(text.utf8)) }

    private func post(_ path: String, _ body: Data) throws {
        let answer = HTTPClient().send(HTTPRequest("POST", url + path, body: Array(body)))
        guard try answer.get().status == 200 else { throw Failure(description: "receiver.py refused \(path)") }
    }
}
