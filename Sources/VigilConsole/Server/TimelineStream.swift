import Hummingbird
import NIOCore
import ServiceLifecycle
import VigilCore
import VigilStore

/// Writes the timeline to one follower as it grows, a line of JSON for each entry and an empty one as a sign of life.
struct TimelineStream: Sendable {
    private static let batch = 500
    /// Alerts whose kind is remembered; it never changes.
    private static let memory = 1000

    let services: ConsoleServices
    let keepalive: Duration

    private enum Wake {
        case grown, quiet
    }

    /// Until the follower goes away or the daemon stops.
    @concurrent func write(after start: Int64, to writer: inout any ResponseBodyWriter) async throws {
        let (wakes, wake) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
        // The head of the answer leaves with the first bytes.
        try await writer.write(ByteBuffer(string: "\n"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in services.timelineGrew() { wake.yield(.grown) }
                wake.finish()
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: keepalive)
                    wake.yield(.quiet)
                }
            }
            defer { group.cancelAll() }
            try await follow(wakes, from: start, to: &writer)
        }
    }

    @concurrent private func follow(
        _ wakes: AsyncStream<Wake>, from start: Int64, to writer: inout any ResponseBodyWriter
    ) async throws {
        var position = start
        var kinds: [AlertID: AlertKey] = [:]
        for await event in wakes.cancelOnGracefulShutdown() {
            let last = position
            position = try await copy(from: position, kinds: &kinds, to: &writer)
            if case .quiet = event, position == last { try await writer.write(ByteBuffer(string: "\n")) }
        }
    }

    @concurrent private func copy(
        from start: Int64, kinds: inout [AlertID: AlertKey], to writer: inout any ResponseBodyWriter
    ) async throws -> Int64 {
        var position = start
        while true {
            let entries = try await services.reader.timeline(after: position, limit: Self.batch)
            guard let last = entries.last else { return position }
            if kinds.count > Self.memory { kinds = [:] }
            var buffer = ByteBuffer()
            for positioned in entries {
                guard let key = try await key(of: positioned.entry.alert, &kinds) else { continue }
                let report = TimelineReport(positioned.entry, position: positioned.position, kind: key.kind, subject: key.subject)
                buffer.writeBytes(try JSONLine.bytes(report))
            }
            try await writer.write(buffer)
            position = last.position
        }
    }

    private func key(of alert: AlertID, _ known: inout [AlertID: AlertKey]) async throws -> AlertKey? {
        if let key = known[alert] { return key }
        let key = try await services.reader.alert(alert)?.alert.key
        known[alert] = key
        return key
    }
}
