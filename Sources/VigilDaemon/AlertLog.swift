import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import VigilCore
import VigilStore

/// The log that operators tail: one line per transition of an alert, appended after its commit.
///
/// `TIME POSITION SEVERITY EVENT ALERT STATE BY DETAIL`, separated by single spaces; the detail is the rest of the line. It follows the
/// timeline by position, and finds its place again in its own last line, so that a crash neither loses a line nor repeats one.
final class AlertLog: Service {
    static let cursor = "alert-log"
    /// The messages of a turn go out first, and what they lead to at once is read in the same go.
    private static let courtesy = Duration.milliseconds(20)

    private static let retryAfter = Duration.seconds(5)

    /// More than any line is long.
    private static let longestTail: UInt64 = 8192

    private let path: String
    private let store: Store
    private let growth: ChangeSignal
    private let timeZone: Mutex<TimeZone>
    private let logger: Logger
    private let shouldReopen = Mutex(false)
    private let isFailing = Mutex(false)

    init(path: String, store: Store, growth: ChangeSignal, timeZone: String, logger: Logger) {
        self.path = path
        self.store = store
        self.growth = growth
        self.timeZone = Mutex(TimeZone(identifier: timeZone) ?? .gmt)
        self.logger = logger
    }

    /// After a reload: what is written from now on goes by its clock.
    func use(timeZone name: String) { timeZone.withLock { $0 = TimeZone(identifier: name) ?? .gmt } }

    /// After logrotate moved the file: the next line goes into a new one.
    func reopen() {
        shouldReopen.withLock { $0 = true }
        growth.changed()
    }

    func run() async throws {
        let stored = try await store.reader.position(ofCursor: Self.cursor).flatMap { Int64($0) } ?? 0
        let torn = cutTornLine()
        let written = lastPositionInFile()
        // A file that is ahead of the timeline follows a database that was replaced: positions began anew.
        let isSameTimeline = try await store.reader.lastTimelinePosition() >= written
        // The file tells best what is in it: a power cut may have taken lines that the cursor counts. A new file has none to tell of.
        // One whose only line was torn tells by that where it began.
        let last = written > 0 ? written : torn.map { $0 - 1 } ?? stored
        var position = isSameTimeline ? last : stored
        var file: FileHandle?
        for await _ in growth.signals().cancelOnGracefulShutdown() {
            try await Task.sleep(for: Self.courtesy)
            if shouldReopen.withLock({ reopen in
                defer { reopen = false }; return reopen
            }) {
                file = nil
            }
            do {
                position = try await copy(from: position, to: &file)
            } catch let error as StoreError where error.kind != .corrupt {
                // A database that is locked or whose disk hangs is read again; a damaged one ends the daemon, which verifies it.
                note(failure: "cannot be followed", "\(error)")
                file = nil
            }
            guard file == nil else { continue }
            // What could not be written is written when it can be, whether or not something happens until then.
            try await Task.sleep(for: Self.retryAfter)
            growth.changed()
        }
        // What the last turns brought.
        _ = try await copy(from: position, to: &file)
    }

    /// - Parameter file: nil when there is none, and after a failure.
    /// - Returns: the last entry that stands in the file.
    private func copy(from start: Int64, to file: inout FileHandle?) async throws -> Int64 {
        var position = start
        if file == nil { file = openFile() }
        while let handle = file {
            let entries = try await store.reader.timeline(after: position, limit: 500)
            guard let last = entries.last else { return position }
            if let reason = append(entries.map { line($0) }.joined(), to: handle) {
                note(failure: "cannot be written", reason)
                file = nil
                // Of what was written before the disk was full, whole lines count, and half of one is taken back.
                cutTornLine()
                position = max(position, lastPositionInFile())
                return position
            }
            note(failure: nil, nil)
            position = last.position
            store.advance(cursor: Self.cursor, to: "\(position)")
        }
        return position
    }

    /// - Returns: why not all of it stands in the file; nil when it does.
    private func append(_ text: String, to file: FileHandle) -> String? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file.fileDescriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(cString: strerror(errno)) }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    /// Says once that lines wait, and once that they do not any more.
    private func note(failure what: String?, _ reason: String?) {
        let isNews = isFailing.withLock { failing in
            defer { failing = what != nil }
            return failing != (what != nil)
        }
        guard isNews else { return }
        if let what, let reason {
            logger.error(
                "the alert log \(what); its lines wait: make room, or mend the folder and its rights",
                metadata: [LogKey.error: "\(path): \(reason)"])
        } else {
            logger.notice("the alert log is written again, with every line that waited")
        }
    }

    private func line(_ positioned: PositionedEntry) -> String {
        let entry = positioned.entry
        let time = Date(timeIntervalSince1970: Double(entry.wall.rawValue) / 1000)
            .formatted(
                Date.ISO8601FormatStyle(timeZone: timeZone.withLock { $0 }).year().month().day().time(includingFractionalSeconds: true)
                    .timeZone(
                        separator: .colon))
        let by = entry.by.name.replacingOccurrences(of: " ", with: "_")
        // What somebody typed in may name people; it is read with: vigil alerts show.
        let detail = entry.event == .noted ? "" : entry.detail.replacingOccurrences(of: "\n", with: " ")
        return "\(time) \(positioned.position) \(entry.severity) \(entry.event) \(entry.alert) \(entry.state) \(by) \(detail)\n"
    }

    private func openFile() -> FileHandle? {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            note(failure: "cannot be opened", String(cString: strerror(errno)))
            return nil
        }
        // The unit's mask keeps everything else from the group; this is for its members to follow.
        fchmod(descriptor, 0o640)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// A crash in the middle of a line leaves half of it; it is written again whole.
    ///
    /// - Returns: the position that the half still names.
    @discardableResult
    private func cutTornLine() -> Int64? {
        // No file yet, or none that can be written, which `openFile` says.
        guard let file = try? FileHandle(forUpdating: URL(fileURLWithPath: path)), let end = try? file.seekToEnd(), end > 0 else {
            return nil
        }
        let start = end > Self.longestTail ? end - Self.longestTail : 0
        // As above.
        guard (try? file.seek(toOffset: start)) != nil, let tail = try? file.readToEnd(), tail.last != UInt8(ascii: "\n") else {
            return nil
        }
        let whole = tail.lastIndex(of: UInt8(ascii: "\n")).map { UInt64($0 - tail.startIndex) + 1 } ?? 0
        try? file.truncate(atOffset: start + whole)
        let fields = String(decoding: tail.dropFirst(Int(whole)), as: UTF8.self).split(separator: " ", maxSplits: 2)
        // Without what follows it the number may be half of one.
        return fields.count > 2 ? Int64(fields[1]) : nil
    }

    /// The position in the last whole line, where there is one.
    private func lastPositionInFile() -> Int64 {
        // No file yet, or none that can be read: the stored cursor decides.
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)), let end = try? file.seekToEnd() else { return 0 }
        // As above.
        guard (try? file.seek(toOffset: end > Self.longestTail ? end - Self.longestTail : 0)) != nil, let tail = try? file.readToEnd()
        else { return 0 }
        let lines = tail.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        return lines.reversed().lazy.compactMap { line in
            line.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int64($0) }
        }.first ?? 0
    }
}
