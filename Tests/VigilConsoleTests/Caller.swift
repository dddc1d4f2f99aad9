import Foundation
import VigilConsole
import VigilCore
import VigilNotify

/// Asks over a socket as the program does, on a thread of its own so that no task is blocked.
struct Caller: Sendable {
    let socket: String

    func get(_ path: String) async throws -> HTTPResponse { try await send(HTTPRequest("GET", "http://vigil\(path)")) }

    func post(_ path: String, _ body: String) async throws -> HTTPResponse {
        try await send(.postingJSON(Array(body.utf8), to: "http://vigil\(path)"))
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                let client = HTTPClient(HTTPClient.Configuration(bodyLimit: 4 << 20, unixSocket: socket))
                continuation.resume(with: client.send(request))
            }
        }
    }

    /// The first lines of a stream that hold anything.
    func lines(_ path: String, _ count: Int, onConnect: @escaping @Sendable () -> Void = {}) async throws -> [String] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                let client = HTTPClient(HTTPClient.Configuration(bodyLimit: 1 << 20, unixSocket: socket))
                var lines: [String] = []
                var isFirst = true
                let patience = HTTPClient.Patience(first: .seconds(10), later: .seconds(10))
                let result = client.stream(HTTPRequest("GET", "http://vigil\(path)"), patience: patience) { line in
                    if isFirst { onConnect() }
                    isFirst = false
                    if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
                    return lines.count < count
                }
                continuation.resume(with: result.map { _ in lines })
            }
        }
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    func json<Value: Decodable>(_: Value.Type) throws -> Value { try JSONDecoder().decode(Value.self, from: Data(body)) }
}
