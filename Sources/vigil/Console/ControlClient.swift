import Foundation
import VigilConsole
import VigilCore
import VigilNotify

/// Asks the daemon over its control socket.
struct ControlClient {
    let socket: String
    /// In which the daemon's refusals are told.
    let language: Language

    func get<Answer: Decodable>(_ path: String, _: Answer.Type) throws -> Answer {
        try decode(Answer.self, try body(of: HTTPRequest("GET", Self.url(path))))
    }

    func text(_ path: String) throws -> String { String(decoding: try body(of: HTTPRequest("GET", Self.url(path))), as: UTF8.self) }

    func post<Answer: Decodable>(_ path: String, _ document: some Encodable, _: Answer.Type) throws -> Answer {
        let body = Array(try JSONText.line(document).utf8)
        return try decode(Answer.self, try self.body(of: .postingJSON(body, to: Self.url(path))))
    }

    func post<Answer: Decodable>(_ path: String, bytes: [UInt8], _: Answer.Type) throws -> Answer {
        try decode(Answer.self, try body(of: HTTPRequest("POST", Self.url(path), body: bytes)))
    }

    /// Reads lines until the daemon ends the stream.
    func follow(_ path: String, onLine: ([UInt8]) -> Void) throws {
        // The daemon gives a sign of life every 15 s.
        let patience = HTTPClient.Patience(first: .seconds(15), later: .seconds(45))
        let result = client.stream(HTTPRequest("GET", Self.url(path)), patience: patience) { line in
            onLine(line)
            return true
        }
        _ = try judge(result)
    }

    /// One piece of a path, whatever it holds.
    static func piece(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
    }

    // The host is for the form only: the socket decides where it goes.
    private static func url(_ path: String) -> String { "http://vigil\(path)" }

    private var client: HTTPClient {
        HTTPClient(HTTPClient.Configuration(deadline: .seconds(30), bodyLimit: 64 << 20, unixSocket: socket))
    }

    private func body(of request: HTTPRequest) throws -> [UInt8] { try judge(client.send(request)).body }

    private func judge(_ result: Result<HTTPResponse, HTTPFailure>) throws -> HTTPResponse {
        switch result {
        case .success(let response) where response.isSuccess: return response
        case .success(let response): throw refusal(response)
        case .failure(let failure): throw unreachable(failure)
        }
    }

    private func refusal(_ response: HTTPResponse) -> CommandFailure {
        let status: ExitStatus = response.status == 503 ? .temporary : .finding
        // Something else than the daemon answered: its status is all there is to say.
        guard let report = try? JSONDecoder().decode(ErrorReport.self, from: Data(response.body)) else {
            return CommandFailure(status, "\(socket) answered \(response.status), which is no answer of the daemon's")
        }
        return CommandFailure(status, report, language)
    }

    private func unreachable(_ failure: HTTPFailure) -> CommandFailure {
        guard case .connect(_, let detail) = failure else {
            return CommandFailure(.temporary, "the daemon at \(socket) does not answer: \(failure)")
        }
        let place = "cannot reach the daemon at \(socket): \(detail)"
        if detail.contains("permission") {
            return CommandFailure(.finding, "\(place); become a member of the socket's group, or ask with sudo")
        }
        return CommandFailure(.temporary, "\(place); is it running? systemctl status vigil")
    }

    private func decode<Answer: Decodable>(_: Answer.Type, _ body: [UInt8]) throws -> Answer {
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(body))
        } catch let error as DecodingError {
            throw CommandFailure(
                .finding, "the daemon's answer is not understood: \(error.words); are program and daemon of the same version?")
        }
    }
}

extension ControlClient {
    /// Whether anybody answers on the socket; somebody who may not be asked is somebody.
    var isAnswered: Bool {
        switch HTTPClient(HTTPClient.Configuration(deadline: .seconds(5), unixSocket: socket)).send(
            HTTPRequest("GET", "http://vigil/-/healthy"))
        {
        case .success: true
        case .failure(.connect(_, let detail)): detail.contains("permission")
        case .failure: true
        }
    }
}
