import Testing

@testable import VigilNotify

@Suite struct LineSplitterTests {
    private func split(_ pieces: [String], limit: Int = 10) -> (lines: [String], rest: String?, skipped: Int) {
        var splitter = LineSplitter(limit: limit)
        var lines: [String] = []
        for piece in pieces {
            Array(piece.utf8).withUnsafeBufferPointer { bytes in
                _ = splitter.append(bytes) {
                    lines.append(String(decoding: $0, as: UTF8.self))
                    return true
                }
            }
        }
        return (lines, splitter.rest.map { String(decoding: $0, as: UTF8.self) }, splitter.skipped)
    }

    @Test("lines are the same however the bytes are cut")
    func anyCut() {
        #expect(split(["ab\ncd\n\nef"]).lines == ["ab", "cd", ""])
        #expect(split("ab\ncd\n\nef".map(String.init)).lines == ["ab", "cd", ""])
        #expect(split(["ab\ncd\n\nef"]).rest == "ef")
    }

    @Test("a line over the limit is left out, and the next one is read")
    func overlong() {
        let result = split(["0123456789a", "bcdef\nok\n0123456789\n"])

        #expect(result.lines == ["ok", "0123456789"])
        #expect(result.skipped == 1)
    }
}
