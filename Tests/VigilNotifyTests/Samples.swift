import Foundation
import Synchronization
import VigilTesting

@testable import VigilCore
@testable import VigilNotify

/// One receiver for all tests that need no options of their own; each test has its own path or topic there.
enum Shared {
    private static let started: Result<Receiver, any Error> = Result { try Receiver(["--keepalive", "0.2"]) }

    static func receiver() throws -> Receiver { try started.get() }

    /// The secret of `receiver.py`.
    static let webhookSecret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
}

extension Delivery {
    static func sample(
        id: DeliveryID = "fall-r0042-7/1/notify/0.0/c-wang/family", address: String, purpose: Purpose = .notify,
        severity: Severity = .red,
        title: String = "红色警报 · 跌倒", body: String = "3-2-501 跌倒，未见起身", isAcceptable: Bool = true, language: Language = .chinese,
        contact: ContactID = "c-wang", alert: AlertID = "fall-r0042-7"
    ) -> Delivery {
        Delivery(
            id: id, alert: alert, notice: 1, purpose: purpose, step: 0, round: 0, contact: contact, channel: "family", address: address,
            method: 0, severity: severity,
            message: Message(
                language: language, title: title, body: body, alert: alert, kind: "fall", severity: severity, purpose: purpose,
                isAcceptable: isAcceptable, contact: contact),
            state: .sending, createdAt: EngineTime(0), dueAt: EngineTime(0), lease: 1, leaseUntil: nil, lastFailure: nil,
            expiresAt: EngineTime(.max))
    }
}

extension ChannelServices {
    static let sampleTokens = AcceptToken(key: [UInt8](repeating: 7, count: 32))

    /// Services whose files hold the given text, on a clock that stands; without one, at the time when it is made, because receivers look
    /// at their own clock.
    static func sample(
        wall: WallTime? = nil, files: [String: String] = [:],
        publish: @escaping @Sendable (MQTTPublication) -> MQTTPublishResult = { _ in .unreachable("no broker") }
    ) -> ChannelServices {
        let wall = wall ?? WallTime(Int64(Date().timeIntervalSince1970 * 1000))
        return ChannelServices(
            wall: { wall }, tokens: sampleTokens,
            readSecret: { path in
                files[path].map { .success(Secret($0)) }
                    ?? .failure(SecretFile.Failure("cannot open \(path): no such file or directory"))
            }, publish: publish)
    }
}

/// How a verdict is told apart in tables.
enum Verdict: Hashable, Sendable {
    case delivered, retryable, permanent
    case retryableAfter(Milliseconds)

    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered: self = .delivered
        case .retryable(_, nil, _): self = .retryable
        case .retryable(_, let after?, _): self = .retryableAfter(after)
        case .permanent: self = .permanent
        }
    }
}

extension DeliveryOutcome {
    var reason: String {
        switch self {
        case .delivered: ""
        case .retryable(let reason, _, _), .permanent(let reason, _): reason
        }
    }
}

/// A directory that is removed with its owner.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A loopback port that takes connections and never says a word.
final class SilentSocket {
    let port: UInt16
    private let descriptor: Int32

    struct Failure: Error {
        let number = errno
    }

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, pointer, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isListening else { throw Failure() }
    }

    deinit { close(descriptor) }

    /// A port on which nobody listens: somebody did a moment ago.
    static func refusingPort() throws -> UInt16 { try SilentSocket().port }
}
