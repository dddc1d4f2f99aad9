import Dispatch
import Foundation
import Glibc
import Synchronization

/// Somebody's webhook: takes the time of each request as soon as it is whole, and answers 204.
///
/// A server of its own, because what is measured must not be the stand-in's slowness: one thread, keep-alive, no parsing beyond what HTTP
/// needs to find the end of a request.
final class HookReceiver: Sendable {
    let port: Int
    private let listener: Int32
    /// Path to the time of its first request.
    private let arrivals = Mutex<[String: Int64]>([:])
    private let bell = DispatchSemaphore(value: 0)

    init() throws {
        (listener, port) = try Loopback.listen()
        Thread.detachNewThread { [self] in serve() }
    }

    /// Waits for the first request to a path; nil when none came in time.
    func arrival(_ path: String, seconds: Int = 10) -> Int64? {
        let end = DispatchTime.now() + .seconds(seconds)
        while true {
            if let time = arrivals.withLock({ $0[path] }) { return time }
            guard bell.wait(timeout: end) == .success else { return nil }
        }
    }

    private func serve() {
        var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        var buffers: [Int32: [UInt8]] = [:]
        while true {
            poll(&polled, nfds_t(polled.count), -1)
            for entry in polled where entry.revents != 0 {
                if entry.fd == listener {
                    let descriptor = accept(listener, nil, nil)
                    guard descriptor >= 0 else { continue }
                    var isOn: Int32 = 1
                    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
                    polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
                } else if !take(entry.fd, &buffers[entry.fd, default: []]) {
                    close(entry.fd)
                    buffers[entry.fd] = nil
                    polled.removeAll { $0.fd == entry.fd }
                }
            }
        }
    }

    /// Reads what came; false at the connection's end.
    private func take(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Bool {
        var piece = [UInt8](repeating: 0, count: 16384)
        let count = read(descriptor, &piece, piece.count)
        // Received is received: finding its path is this stand-in's own work.
        let time = Stopwatch.now
        guard count > 0 else { return false }
        buffer += piece[0..<count]
        while let request = Request(buffer) {
            buffer.removeFirst(request.length)
            arrivals.withLock { if $0[request.path] == nil { $0[request.path] = time } }
            bell.signal()
            let answer = Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
            guard write(descriptor, answer, answer.count) == answer.count else { return false }
        }
        return true
    }

    private struct Request {
        let path: String
        let length: Int

        /// nil while it is not whole.
        init?(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { return nil }
            let head = text[..<end.lowerBound].split(separator: "\r\n")
            let line = head.first { $0.lowercased().hasPrefix("content-length:") }
            let body = line.flatMap { Int($0.dropFirst("content-length:".count).filter(\.isNumber)) } ?? 0
            length = text[..<end.upperBound].utf8.count + body
            guard bytes.count >= length, let first = head.first else { return nil }
            path = first.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        }
    }
}
