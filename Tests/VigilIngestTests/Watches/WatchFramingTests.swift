import Testing

@testable import VigilIngest

/// Bytes as TCP brings them: in pieces, several frames at once, and with what is none.
struct WatchFramingTests {
    private static let lk = "[SG*8800000015*0002*LK]"

    /// The frames of a stream that comes in pieces of so many bytes.
    private func frames(_ text: String, by size: Int, skipped: inout Int) -> [String] {
        var framing = WatchFraming()
        var frames: [String] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            framing.take(bytes[start..<min(start + size, bytes.count)]) { frame in
                frames.append(String(decoding: frame, as: UTF8.self))
                return !frame.elementsEqual("[bad]".utf8)
            }
        }
        skipped = framing.skipped
        return frames
    }

    @Test("a frame ends at its bracket, however the bytes come", arguments: [1, 2, 7, 1000])
    func pieces(size: Int) {
        var skipped = 0
        let found = frames("noise\r\n\(Self.lk)\(Self.lk)xx[bad]\(Self.lk)[3G*88", by: size, skipped: &skipped)

        #expect(found == [Self.lk, Self.lk, "[bad]", Self.lk])
        #expect(skipped == "noise\r\nxx[bad]".utf8.count)
    }

    @Test("a frame that does not end is given up, and the next one is heard", arguments: [1, 4096])
    func endless(size: Int) {
        var skipped = 0
        let endless = "[" + String(repeating: "a", count: 100_000) + "]"
        let found = frames(endless + Self.lk, by: size, skipped: &skipped)

        #expect(found == [Self.lk])
        #expect(skipped == endless.utf8.count)
    }
}
