public import VigilCore

/// The keys of devices, by their addresses.
public struct BluetoothKeys: Hashable, Sendable {
    private var keys: [BluetoothAddress: BluetoothKey]
    /// Whose line has no key that can be read: they have one, and nobody knows it.
    private var unreadable: Set<BluetoothAddress> = []

    public init(_ keys: [BluetoothAddress: BluetoothKey] = [:]) { self.keys = keys }

    public subscript(address: BluetoothAddress) -> BluetoothKey? {
        get { keys[address] }
        set { keys[address] = newValue }
    }

    /// Whether a device has a key, be it that its line is faulty.
    func names(_ address: BluetoothAddress) -> Bool { keys[address] != nil || unreadable.contains(address) }

    public var isEmpty: Bool { keys.isEmpty && unreadable.isEmpty }
    /// Whose keys they are, in their order.
    public var addresses: [BluetoothAddress] { keys.keys.sorted() }

    /// A line of a key file that is none; it never shows a key.
    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        /// From 1.
        public let line: Int
        public let reason: String

        public var description: String { "line \(line): \(reason)" }
    }

    /// Reads a key file: `A4:C1:38:8D:18:B2 231d39c1d7cc1ab1aee224cd096db932` in each line, `#` begins a comment.
    ///
    /// - Returns: the keys of the lines that are right, and what is wrong with the others. A device whose key cannot be read is named all the
    ///   same, so that what it says without one is not believed.
    public static func read(_ text: String) -> (keys: BluetoothKeys, faults: [Fault]) {
        var keys = BluetoothKeys()
        var faults: [Fault] = []
        // Editors on Windows put a mark in front, and end a line with a carriage return as well, which Swift takes for one character with the
        // line feed.
        let lines = text.trimmingPrefix("\u{FEFF}").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard !words.isEmpty else { continue }
            if let reason = keys.take(words) { faults.append(Fault(line: index + 1, reason: reason)) }
        }
        return (keys, faults)
    }

    /// Takes one line over. Returns what is wrong with it.
    private mutating func take(_ words: [Substring]) -> String? {
        // Nothing of a line is repeated before its address is known to be one: the two may be the wrong way round.
        guard let address = BluetoothAddress(words[0]) else {
            return "does not begin with an address; write A4:C1:38:8D:18:B2 and then the key"
        }
        guard words.count == 2, let key = BluetoothKey(hex: words[1]) else {
            unreadable.insert(address)
            return "the key of \(address) is not 32 hexadecimal digits (24 for MiBeacon before version 4); copy it again"
        }
        guard keys[address] == nil else { return "\(address) has a key above; remove one of the two" }
        keys[address] = key
        return nil
    }
}

extension BluetoothKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(keys.count) keys" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
