import Dispatch
import Foundation
import Glibc
import Synchronization

/// Somebody's webhook: takes the time of each request as soon as it is whole, and answers 204, at once or as slowly as it is told.
///
/// A server of its own, because what is measured must not be the stand-in's slowness: one thread, keep-alive, no parsing beyond what HTTP
/// needs to find the end of a request.
final class HookReceiver: Sendable {
    struct Arrival: Sendable {
        var path: String
        var body: [UInt8]
        var time: Int64
        /// It was answered with 503.
        var isRefused: Bool
    }

    private struct Answer {
        var descriptor: Int32
        var due: Int64
        var text: String
    }

    let port: Int
    private let listener: Int32
    /// From the request to its answer, in nanoseconds.
    private let slowness: Int64
    private let refusedOneIn: Int?
    private let heard = Mutex<(all: [Arrival], firsts: [String: Int64])>(([], [:]))
    private let bell = DispatchSemaphore(value: 0)

    /// - Parameter refusedOneIn: every so manyth request is refused for the moment; nil for none.
    init(answeringAfter slowness: Int64 = 0, refusedOneIn: Int? = nil) throws {
        self.slowness = slowness
        self.refusedOneIn = refusedOneIn
        (listener, port) = try Loopback.listen()
        Thread.detachNewThread { [self] in serve() }
    }

    /// All requests, in the order of their arrival.
    var arrivals: [Arrival] { heard.withLock { $0.all } }

    /// Waits for the first request to a path; nil when none came in time.
    func arrival(_ path: String, seconds: Int = 10) -> Int64? {
        let end = DispatchTime.now() + .seconds(seconds)
        while true {
            if let time = heard.withLock({ $0.firsts[path] }) { return time }
            guard bell.wait(timeout: end) == .success else { return nil }
        }
    }

    private func serve() {
        var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        var buffers: [Int32: [UInt8]] = [:]
        var answers: [Answer] = []
        while true {
            let next = answers.map(\.due).min().map { max(0, $0 - Stopwatch.now) / 1_000_000 + 1 }
            poll(&polled, nfds_t(polled.count), next.map { Int32(clamping: $0) } ?? -1)
            for entry in polled where entry.revents != 0 {
                if entry.fd == listener {
                    let descriptor = accept(listener, nil, nil)
                    guard descriptor >= 0 else { continue }
                    var isOn: Int32 = 1
                    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
                    polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
                } else if !take(entry.fd, &buffers[entry.fd, default: []], into: &answers) {
                    close(entry.fd)
                    buffers[entry.fd] = nil
                    answers.removeAll { $0.descriptor == entry.fd }
                    polled.removeAll { $0.fd == entry.fd }
                }
            }
            let now = Stopwatch.now
            for answer in answers where answer.due <= now {
                let bytes = Array(answer.text.utf8)
                // Who hung up hears nothing; the read tells.
                _ = send(answer.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            }
            answers.removeAll { $0.due <= now }
        }
    }

    /// Reads what came; false at the connection's end.
    private func take(_ descriptor: Int32, _ buffer: inout [UInt8], into answers: inout [Answer]) -> Bool {
        var piece = [UInt8](repeating: 0, count: 16384)
        let count = read(descriptor, &piece, piece.count)
        // Received is received: finding its path is this stand-in's own work.
        let time = Stopwatch.now
        guard count > 0 else { return false }
        buffer += piece[0..<count]
        while let request = Request(buffer) {
            let body = Array(buffer[request.head..<request.length])
            buffer.removeFirst(request.length)
            let isRefused = heard.withLock { heard in
                let isRefused = refusedOneIn.map { (heard.all.count + 1).isMultiple(of: $0) } ?? false
                heard.all.append(Arrival(path: request.path, body: body, time: time, isRefused: isRefused))
                if heard.firsts[request.path] == nil { heard.firsts[request.path] = time }
                return isRefused
            }
            bell.signal()
            let text = isRefused ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 204 No Content\r\n\r\n"
            answers.append(Answer(descriptor: descriptor, due: time + slowness, text: text))
        }
        return true
    }

    private struct Request {
        let path: String
        /// Of the head, in bytes; the body follows.
        let head: Int
        let length: Int

        /// nil while it is not whole.
        init?(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { return nil }
            let head = text[..<end.lowerBound].split(separator: "\r\n")
            let line = head.first { $0.lowercased().hasPrefix("content-length:") }
            let body = line.flatMap { Int($0.dropFirst("content-length:".count).filter(\.isNumber)) } ?? 0
            self.head = text[..<end.upperBound].utf8.count
            length = self.head + body
            guard bytes.count >= length, let first = head.first else { return nil }
            path = first.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        }
    }
}
