import Foundation
import VigilNotify

/// An operator at a daemon's control socket.
struct ControlDesk {
    let socket: String

    /// What the daemon answers.
    func ask<Answer: Decodable>(_ path: String, _: Answer.Type) throws -> Answer {
        try send(HTTPRequest("GET", "http://vigil\(path)"))
    }

    /// What it answers to an order.
    func order<Answer: Decodable>(_ path: String, _: Answer.Type, _ document: String = "{}") throws -> Answer {
        try send(.postingJSON(Array(document.utf8), to: "http://vigil\(path)"))
    }

    private func send<Answer: Decodable>(_ request: HTTPRequest) throws -> Answer {
        let client = HTTPClient(HTTPClient.Configuration(bodyLimit: 1 << 20, unixSocket: socket))
        // The control socket need not listen yet when the brokers have heard of the daemon.
        var response = client.send(request)
        _ = patiently {
            if case .success = response { return true }
            response = client.send(request)
            return false
        }
        return try JSONDecoder().decode(Answer.self, from: Data(try response.get().body))
    }
}
