import Foundation
import VigilCore
import VigilStore

/// Where rows go that the store refuses: files of the state directory, two for each day, on the disk before anybody relies on them.
///
/// `refused-DAY.jsonl` has the inputs as `vigil replay` reads them, `refused-DAY.rows.jsonl` what they led to. Nothing reads them by itself.
struct RefusedRows: Sendable {
    /// All files together: a fault that repeats itself must not fill the disk.
    static let limit = 64 << 20
    private static let action = "keep what the store refused"

    let directory: String

    /// Appends a turn's rows, and returns when they are durable.
    ///
    /// - Returns: the path of the inputs' file; nil when the turn has no rows that would be lost.
    func keep(_ turn: Turn, at wall: WallTime) throws(StoreError) -> String? {
        let lines = Lines(turn)
        guard !lines.inputs.isEmpty || !lines.rows.isEmpty else { return nil }
        let day = Date(timeIntervalSince1970: Double(wall.rawValue) / 1000).formatted(.iso8601.year().month().day())
        let path = "\(directory)/refused-\(day)"
        let (inputs, rows) = (Data(lines.inputs.utf8), Data(lines.rows.utf8))
        guard size + inputs.count + rows.count <= Self.limit else {
            throw StoreError(
                .full, action: Self.action, path: path + ".jsonl",
                cause: "the files refused-* have reached \(Self.limit >> 20) MiB together; move them away to go on")
        }
        try append(inputs, to: path + ".jsonl")
        try append(rows, to: path + ".rows.jsonl")
        try sync(directory, O_RDONLY | O_DIRECTORY)
        return path + ".jsonl"
    }

    /// Bytes of what was kept so far.
    private var size: Int {
        // What cannot be listed cannot be written either, and that is told.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasPrefix("refused-") }.reduce(0) { total, name in
            // A file that went meanwhile has no size.
            let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + name)
            return total + ((attributes?[.size] as? Int) ?? 0)
        }
    }

    private func append(_ data: Data, to path: String) throws(StoreError) {
        guard !data.isEmpty else { return }
        // Health data: nobody else reads it.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var left = data[...]
        while !left.isEmpty {
            let written = left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw failure(path) }
            left = left.dropFirst(written)
        }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private func sync(_ path: String, _ flags: Int32) throws(StoreError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private func failure(_ path: String) -> StoreError {
        let number = errno
        let kind: StoreError.Kind = number == ENOSPC || number == EDQUOT ? .full : number == EROFS || number == EACCES ? .readOnly : .io
        return StoreError(kind, action: Self.action, path: path, cause: String(cString: strerror(number)).lowercased())
    }
}

extension RefusedRows {
    /// A turn's rows as text.
    private struct Lines {
        private(set) var inputs = ""
        private(set) var rows = ""
        private let encoder = {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
            return encoder
        }()

        init(_ turn: Turn) {
            for stamped in turn.journal {
                // What has no line of its own may be the very cause: it is kept as the program sees it.
                if let line = try? ReplayLine(stamped).json() { inputs += line + "\n" } else { add(unreadable: stamped) }
            }
            // Alerts and deliveries without news in their stories were stored before.
            guard !turn.timeline.isEmpty || !turn.journal.isEmpty else { return }
            for entry in turn.timeline { add(Row(timeline: entry)) }
            for alert in turn.alerts { add(Row(alert: alert)) }
            for delivery in turn.deliveries { add(Row(delivery: delivery)) }
        }

        private mutating func add(_ row: Row) {
            // As above.
            guard let data = try? encoder.encode(row) else { return add(unreadable: row) }
            rows += String(decoding: data, as: UTF8.self) + "\n"
        }

        private mutating func add(unreadable value: some Sendable) {
            // Text always has a form in JSON.
            guard let data = try? encoder.encode(["unreadable": String(reflecting: value)]) else { return }
            rows += String(decoding: data, as: UTF8.self) + "\n"
        }
    }

    private struct Row: Encodable, Sendable {
        var timeline: TimelineEntry?
        var alert: Alert?
        var delivery: Delivery?
    }
}
