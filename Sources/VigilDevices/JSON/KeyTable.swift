import CJSON

/// Finds what a wire name stands for without making a `String` of it: most names of a payload mean nothing and cost one look.
struct KeyTable<Entry: Sendable>: Sendable {
    private struct Slot: Sendable {
        let name: [UInt8]
        let entry: Entry
    }

    private var slots: [Slot?]

    init(_ entries: [(name: String, entry: Entry)]) {
        var size = 16
        while size < entries.count * 4 { size *= 2 }
        slots = Array(repeating: nil, count: size)
        for (name, entry) in entries {
            let name = Array(name.utf8)
            var index = name.withUnsafeBytes { Self.hash($0) & (size - 1) }
            while slots[index] != nil { index = (index + 1) & (size - 1) }
            slots[index] = Slot(name: name, entry: entry)
        }
    }

    /// The entry of this name.
    func entry(of name: TextBytes) -> Entry? {
        // The table is at most a quarter full, so the walk ends at an empty slot.
        var index = Self.hash(name.bytes) & (slots.count - 1)
        while let slot = slots[index] {
            if slot.name.count == name.count, let start = name.bytes.baseAddress,
                slot.name.withUnsafeBytes({ known in known.baseAddress.map { cjson_same($0, start, name.count) } ?? false })
            {
                return slot.entry
            }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let first = bytes.first, let last = bytes.last else { return 0 }
        let middle = bytes[bytes.count / 2]
        let mixed = (Int(first) &* 31 &+ Int(middle)) &* 31 &+ Int(last) &* 7 &+ bytes.count &* 37
        return mixed ^ (mixed >> 7)
    }
}
