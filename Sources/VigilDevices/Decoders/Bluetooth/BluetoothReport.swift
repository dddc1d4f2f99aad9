import VigilCore

/// Gathers what one frame of a Bluetooth device says, and how far it can be believed.
struct BluetoothReport {
    /// How a part of the frame was read.
    enum Reading {
        /// Anybody could have sent it.
        case plain
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
        let isProven = readings.contains(.proven) && !readings.contains(.plain)
        if facts.observations.isEmpty, readings.contains(.repeated), !readings.contains(.plain), !readings.contains(.proven) {
            // Whoever captured it can send it as well.
            return Decoded(isRepeat: true, leftOut: leftOut, isUnauthenticated: true)
        }
        var decoded = facts.decoded
        if marks.contains(.isRepetition) {
            decoded.observations.removeAll { $0.nature == .event && $0.kind != .device_alive && $0.kind != .not_measured }
        }
        decoded.leftOut = leftOut
        decoded.isUnauthenticated = !isProven
        return decoded
    }
}

// MARK: What was heard before

extension BluetoothReport {
    static let bthomeCounter = "bthome-counter"
    static let mibeaconCounter = "mibeacon-counter"
    /// What is forgotten where a person says that a device counts anew.
    static let counters = [bthomeCounter, mibeaconCounter]

    /// Takes the number over that a device gave a message which its key proved.
    ///
    /// What was captured is refused for ever, also after a restart: the number is kept with the frame. None is exempt, for whoever holds back a
    /// device's first messages could send them later. It has 32 bits, and does not come to an end: at one a second it lasts 136 years. A device
    /// that counts anew is believed again under a new key, or when a person says so (`counters`).
    ///
    /// - Returns: false where it was the last that was heard: the device says the same again.
    /// - Throws: where it is lower.
    mutating func count(_ number: UInt32, under key: BluetoothKey, as name: String) throws(DecodeFailure) -> Bool {
        let last = memory.word(name)?.split(separator: " ")
        if let last, last.count == 2, last[0] == key.fingerprint, let highest = UInt32(last[1]) {
            if number == highest { return false }
            guard number > highest else {
                throw DecodeFailure(
                    .replayed,
                    "number \(number) came after \(highest): somebody sends again what they heard; or \(address) counts anew: vigil devices forget-counter"
                )
            }
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

    /// - Throws: where the device has a key, and whoever sent this did not use it.
    func requireNoKey(for format: String) throws(DecodeFailure) {
        guard keys[address] != nil else { return }
        throw DecodeFailure(.unencrypted, "\(address) has a key, so \(format) that is not encrypted is not from it")
    }
}
