import Foundation

/// Every write and sync of a victim, and the images that a power cut may leave of them.
///
/// The model is adverse on purpose: what was not synced may be missing, cut, reordered or torn at 512 bytes. Directory entries are not
/// modelled: images begin after the store was opened, which syncs them.
struct PowerCutLog {
    enum Operation {
        case write(file: String, offset: Int, bytes: [UInt8])
        case truncate(file: String, length: Int)
        case sync(file: String)
        case delete(file: String)
        /// The victim said that everything up to here is stored.
        case acknowledge(Int64)
    }

    /// Where the power goes.
    enum Mode: CaseIterable {
        /// Nothing unsynced survives.
        case none
        /// The first of the unsynced writes survive.
        case prefix
        /// Any of them.
        case subset
        /// Any sectors of any of them.
        case torn
    }

    let operations: [Operation]
    private let firstAcknowledgement: Int

    init(path: String) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))[...]
        var operations: [Operation] = []
        func take<Value: FixedWidthInteger>(_: Value.Type) -> Value {
            defer { bytes = bytes.dropFirst(MemoryLayout<Value>.size) }
            return bytes.prefix(MemoryLayout<Value>.size).reversed().reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
        }
        while !bytes.isEmpty {
            let kind = UInt8(take(Int64.self))
            let offset = take(Int64.self)
            let length = Int(take(Int64.self))
            let nameLength = Int(take(Int32.self))
            let file = String(decoding: bytes.prefix(nameLength), as: UTF8.self)
            bytes = bytes.dropFirst(nameLength)
            switch kind {
            case UInt8(ascii: "W"):
                operations.append(.write(file: file, offset: Int(offset), bytes: Array(bytes.prefix(length))))
                bytes = bytes.dropFirst(length)
            case UInt8(ascii: "T"): operations.append(.truncate(file: file, length: Int(offset)))
            case UInt8(ascii: "S"): operations.append(.sync(file: file))
            case UInt8(ascii: "U"): operations.append(.delete(file: file))
            default: operations.append(.acknowledge(offset))
            }
        }
        self.operations = operations
        firstAcknowledgement =
            operations.firstIndex { if case .acknowledge = $0 { true } else { false } } ?? operations.endIndex
    }

    /// What a power cut at a random instant leaves in a directory.
    ///
    /// - Returns: What had been acknowledged by then.
    func writeImage(to directory: String, using random: inout some RandomNumberGenerator) throws -> Int64 {
        let instant = Int.random(in: firstAcknowledgement + 1...operations.count, using: &random)
        let mode = Mode.allCases.randomElement(using: &random) ?? .none
        var durable: [String: [UInt8]] = [:]
        var pending: [String: [Operation]] = [:]
        var acknowledged: Int64 = 0
        for operation in operations[..<instant] {
            switch operation {
            case .write(let file, _, _), .truncate(let file, _): pending[file, default: []].append(operation)
            case .sync(let file):
                for waiting in pending.removeValue(forKey: file) ?? [] { Self.apply(waiting, to: &durable[file, default: []]) }
            case .delete(let file):
                durable[file] = nil
                pending[file] = nil
            case .acknowledge(let sequence): acknowledged = sequence
            }
        }
        for (file, waiting) in pending.sorted(by: { $0.key < $1.key }) {
            for operation in Self.surviving(waiting, mode, &random) { Self.apply(operation, to: &durable[file, default: []]) }
        }
        for (file, bytes) in durable { try Data(bytes).write(to: URL(fileURLWithPath: directory + "/" + file)) }
        return acknowledged
    }

    private static func surviving(_ waiting: [Operation], _ mode: Mode, _ random: inout some RandomNumberGenerator) -> [Operation] {
        switch mode {
        case .none: return []
        case .prefix: return Array(waiting.prefix(Int.random(in: 0...waiting.count, using: &random)))
        case .subset: return waiting.filter { _ in Bool.random(using: &random) }
        case .torn:
            return waiting.flatMap { operation -> [Operation] in
                guard Bool.random(using: &random) else { return [] }
                guard case .write(let file, let offset, let bytes) = operation else { return [operation] }
                return stride(from: 0, to: bytes.count, by: 512).filter { _ in Bool.random(using: &random) }.map {
                    .write(file: file, offset: offset + $0, bytes: Array(bytes[$0..<min($0 + 512, bytes.count)]))
                }
            }
        }
    }

    private static func apply(_ operation: Operation, to bytes: inout [UInt8]) {
        func grow(to length: Int) {
            if bytes.count < length { bytes.append(contentsOf: repeatElement(0, count: length - bytes.count)) }
        }
        switch operation {
        case .write(_, let offset, let written):
            grow(to: offset + written.count)
            bytes.replaceSubrange(offset..<offset + written.count, with: written)
        case .truncate(_, let length):
            grow(to: length)
            bytes.removeSubrange(length...)
        case .sync, .delete, .acknowledge: break
        }
    }
}
