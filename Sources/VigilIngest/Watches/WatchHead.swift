/// What the head of a watch's frame tells without reading the rest: whose it is, and how it is answered.
///
/// What frames mean is the decoder's business; a source must know only what its peer waits for.
// Source: traccar/traccar src/main/java/org/traccar/protocol/WatchProtocolDecoder.java (sendResponse); 4p-touch.com "Beesure GPS SeTracker
// Server Protocol".
struct WatchHead {
    private static let longestID = 32
    private static let longestCommand = 32

    let id: String
    private let maker: String
    private let index: String?
    private let command: String

    /// - Parameter frame: from bracket to bracket. Nil where it is none.
    init?(_ frame: ArraySlice<UInt8>) {
        var rest = frame.dropFirst().dropLast()
        guard let maker = Self.word(&rest, upTo: "*", longest: 8), let id = Self.word(&rest, upTo: "*", longest: Self.longestID),
            let first = Self.word(&rest, upTo: "*", longest: 16)
        else { return nil }
        var afterLength = rest
        if let second = Self.word(&afterLength, upTo: "*", longest: 4), Self.isLength(second) {
            index = first
            rest = afterLength
        } else {
            guard Self.isLength(first) else { return nil }
            index = nil
        }
        let command = rest.prefix { $0 != UInt8(ascii: ",") }
        guard (1...Self.longestCommand).contains(command.count), command.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.maker = maker
        self.id = id
        self.command = String(decoding: command, as: UTF8.self)
    }

    /// It keeps the connection alive: unanswered a watch says nothing else any more and restarts, so this promises nothing.
    var isHeartbeat: Bool { command == "LK" }

    /// What the watch waits for; nil for what nobody answers.
    var answer: [UInt8]? {
        guard let content else { return nil }
        let length = String(content.utf8.count, radix: 16)
        let digits = String(repeating: "0", count: max(0, 4 - length.utf8.count)) + length
        let middle = index.map { "*\($0)" } ?? ""
        return Array("[\(maker)*\(id)\(middle)*\(digits)*\(content)]".utf8)
    }

    private var content: String? {
        switch command {
        case "LK", "TKQ", "TKQ2", "bphrt", "btemp2": command
        case "INIT", "CONFIG", "oxygen": "\(command),1"
        // Whatever network it came over.
        case _ where command.hasPrefix("AL"): "AL"
        default: nil
        }
    }

    private static func word(_ bytes: inout ArraySlice<UInt8>, upTo mark: Unicode.Scalar, longest: Int) -> String? {
        guard let end = bytes.prefix(longest + 1).firstIndex(of: UInt8(ascii: mark)), end > bytes.startIndex else { return nil }
        let word = bytes[..<end]
        guard word.allSatisfy(isAlphanumeric) else { return nil }
        bytes = bytes[(end + 1)...]
        return String(decoding: word, as: UTF8.self)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isLength(_ word: String) -> Bool { word.utf8.count == 4 && word.allSatisfy(\.isHexDigit) }
}
