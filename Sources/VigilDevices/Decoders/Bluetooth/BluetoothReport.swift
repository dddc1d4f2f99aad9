import VigilCore

/// Gathers what one frame of a Bluetooth device says, and how far it can be believed.
struct BluetoothReport {
    /// How a part of the frame was read.
    enum Reading {
        /// Anybody could have sent it.
        case plain
        /// The device's key made sense of it, and proves nothing.
        case opened
        /// Its sender knows the device's key.
        case proven
        /// It was heard before, and says nothing new: not even that its device is still there.
        case repeated
    }

    /// Whose frame it is by its address; of a beacon that is known by its ids the address that it has now.
    let address: BluetoothAddress
    let keys: BluetoothKeys
    /// What the receiver knows of the same words.
    let marks: Advertisement.Properties
    var facts = FactList()
    /// What is remembered of the device.
    var memory: DialectState
    private(set) var readings: [Reading] = []
    private(set) var failures: [DecodeFailure] = []
    /// A key opened its first message.
    private var isFirstOpened = false

    init(_ address: BluetoothAddress, keys: BluetoothKeys, marks: Advertisement.Properties = [], memory: DialectState) {
        self.address = address
        self.keys = keys
        self.marks = marks
        self.memory = memory
    }

    /// Lets a format read its part. One that fails loses the others nothing, and leaves nothing behind.
    mutating func take(_ read: (inout BluetoothReport) throws(DecodeFailure) -> Reading?) {
        var attempt = self
        do throws(DecodeFailure) {
            guard let reading = try read(&attempt) else { return }
            self = attempt
            readings.append(reading)
        } catch {
            failures.append(error)
        }
    }

    /// What the frame said.
    ///
    /// - Throws: why none of it counts.
    func decoded() throws(DecodeFailure) -> Decoded {
        if let failure = failures.first, readings.isEmpty { throw failure }
        let leftOut = facts.leftOut + failures.map { Decoded.LeftOut($0.description) }
        let isProven = readings.contains(.proven) && readings.allSatisfy { $0 == .proven || $0 == .repeated }
        if facts.observations.isEmpty, readings.contains(.repeated), readings.allSatisfy({ $0 == .repeated }) {
            // Whoever captured it can send it as well.
            return Decoded(isRepeat: true, leftOut: leftOut, isUnauthenticated: true)
        }
        var decoded = facts.decoded
        if marks.contains(.isRepetition) {
            decoded.observations.removeAll { $0.nature == .event && $0.kind != .device_alive && $0.kind != .not_measured }
        }
        decoded.leftOut = leftOut
        decoded.isUnauthenticated = !isProven
        decoded.isOpened = readings.contains(.proven) || readings.contains(.opened)
        decoded.isFirstOpened = isFirstOpened
        return decoded
    }
}

// MARK: What was heard before

extension BluetoothReport {
    static let bthomeCounter = "bthome-counter"
    static let mibeaconCounter = "mibeacon-counter"
    /// What is forgotten where a person says that a device counts anew.
    static let counters = [bthomeCounter, mibeaconCounter]

    /// The fingerprint of the key that opened the device's last message, and the number of that.
    private static func last(_ name: String, in memory: DialectState) -> (key: Substring, number: UInt32)? {
        guard let words = memory.word(name)?.split(separator: " "), words.count == 2 else { return nil }
        return UInt32(words[1]).map { (words[0], $0) }
    }

    /// Whether a key has opened what is remembered; any key where none is named.
    static func wasOpened(_ memory: DialectState, by key: BluetoothKey? = nil) -> Bool {
        counters.contains { name in
            last(name, in: memory).map { last in key.map { last.key == $0.fingerprint } ?? true } ?? false
        }
    }

    /// Takes the number over that a device gave a message which its key proved.
    ///
    /// What was captured is refused for ever, also after a restart: the number is kept with the frame. None is exempt, for whoever holds back a
    /// device's first messages could send them later. It has 32 bits, and does not come to an end: at one a second it lasts 136 years. A device
    /// that counts anew is believed again under a new key, or when a person says so (`counters`).
    ///
    /// - Returns: false where it was the last that was heard: the device says the same again.
    /// - Throws: where it is lower.
    mutating func count(_ number: UInt32, under key: BluetoothKey, as name: String) throws(DecodeFailure) -> Bool {
        if let last = Self.last(name, in: memory), last.key == key.fingerprint {
            if number == last.number { return false }
            guard number > last.number else {
                throw DecodeFailure(
                    .replayed,
                    "number \(number) came after \(last.number): somebody sends again what they heard; or \(address) counts anew: vigil devices forget-counter"
                )
            }
        } else {
            isFirstOpened = true
        }
        memory.keep("\(key.fingerprint) \(number)", as: name)
        return true
    }

    /// Whether a plain message is the one that was heard last: the same number, the same bytes. It says how things stand, and none of its
    /// events happened twice.
    ///
    /// A number is not enough: a device that lost its power counts anew, and a press must not get lost for that. Nor is it after a silence: a
    /// device that always says the same number must be heard as well.
    mutating func isHeard(_ number: UInt8, _ bytes: ArraySlice<UInt8>, as name: String) -> Bool {
        let print = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let word = "\(number) \(HexText.digits(print, count: 16))"
        defer { memory.keep(word, as: name) }
        return memory.word(name) == word && marks.contains(.wasHeardLately)
    }

    /// The key for what a device encrypted.
    ///
    /// - Throws: where it is not known, with what to do.
    func key(for format: String) throws(DecodeFailure) -> BluetoothKey {
        if let key = keys[address] { return key }
        throw DecodeFailure(
            .undecryptable,
            "\(format) is encrypted and the key of \(address) is not known; write \"\(address) KEY\" into the file that bluetooth.keys_file names"
        )
    }

    /// - Throws: where the device has a key, or had one, and whoever sent this did not use it: a file of keys that is lost, or a line that is
    ///   faulty, must not open a door to everybody.
    func requireNoKey(for format: String) throws(DecodeFailure) {
        if keys.names(address) {
            throw DecodeFailure(.unencrypted, "\(address) has a key, so \(format) that is not encrypted is not from it")
        }
        guard !Self.wasOpened(memory) else {
            throw DecodeFailure(
                .unencrypted,
                "\(address) was believed by a key that is not known any more, so \(format) that is not encrypted is not from it; "
                    + "write its line into the file that bluetooth.keys_file names, or: vigil devices forget-counter")
        }
    }
}
