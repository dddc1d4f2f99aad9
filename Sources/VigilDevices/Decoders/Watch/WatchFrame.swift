import VigilCore

/// One frame of a watch: `[3G*8800000015*000D*LK,50,100,100]`, or with an index before the length `[ZJ*014111001332708*0075*0064*AL,...]`.
///
/// Its ends are its brackets: the length that it declares is wrong in many real frames and is not looked at. As short-lived as its buffer.
// Source: traccar/traccar src/main/java/org/traccar/protocol/WatchProtocolDecoder.java, WatchFrameDecoder.java; 4p-touch.com "Beesure GPS
// SeTracker Server Protocol".
struct WatchFrame {
    /// An IMEI has 15 digits, its short form 10; ZJ's are longer by a few.
    private static let longestID = 32
    private static let longestManufacturer = 8
    /// Position, cells and networks take fewer than a hundred; a picture has thousands and no use for them.
    private static let mostFields = 128

    let id: TextBytes
    let command: TextBytes
    /// What follows the command, between commas.
    let content: TextBytes

    /// Reads what stands between the brackets; nil where that is no frame.
    init?(_ body: TextBytes) {
        var rest = body
        guard let manufacturer = rest.take(upTo: "*"), (1...Self.longestManufacturer).contains(manufacturer.count),
            manufacturer.isAlphanumeric, let id = rest.take(upTo: "*"), (1...Self.longestID).contains(id.count), id.isAlphanumeric,
            let first = rest.take(upTo: "*")
        else { return nil }
        var afterLength = rest
        if let second = afterLength.take(upTo: "*"), second.count == 4, second.isHex {
            rest = afterLength  // the first was the index
        } else {
            guard first.count == 4, first.isHex else { return nil }
        }
        self.id = id
        if let command = rest.take(upTo: ",") {
            self.command = command
            content = rest
        } else {
            command = rest
            content = rest[rest.count..<rest.count]
        }
        guard !command.isEmpty else { return nil }
    }

    /// The parts of the content; at most 128.
    var fields: [TextBytes] {
        var fields: [TextBytes] = []
        var rest = content
        while fields.count < Self.mostFields {
            guard let field = rest.take(upTo: ",") else {
                fields.append(rest.trimmed)
                break
            }
            fields.append(field.trimmed)
        }
        return fields
    }

    /// Hands over what stands between brackets, one frame after the other. Returns whether one has no end.
    static func forEach(in bytes: TextBytes, _ take: (TextBytes) -> Void) -> Bool {
        var rest = bytes
        while rest.take(upTo: "[") != nil {
            guard let body = rest.take(upTo: "]") else { return true }
            take(body)
        }
        return false
    }
}

extension TextBytes {
    /// Cuts off what stands before the first such byte, and the byte; nil, and nothing cut, where there is none.
    fileprivate mutating func take(upTo mark: Unicode.Scalar) -> TextBytes? {
        guard let index = bytes.firstIndex(of: UInt8(ascii: mark)) else { return nil }
        let taken = self[0..<index]
        self = self[index + 1..<count]
        return taken
    }

    var isHex: Bool {
        bytes.allSatisfy {
            switch $0 {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                true
            default: false
            }
        }
    }

    fileprivate var isAlphanumeric: Bool {
        bytes.allSatisfy {
            switch $0 {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                true
            default: false
            }
        }
    }
}
