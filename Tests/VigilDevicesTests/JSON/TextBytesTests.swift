import Testing

@testable import VigilDevices

struct TextBytesTests {
    private func with<Result>(_ text: String, _ body: (TextBytes) -> Result) -> Result {
        var text = text
        return text.withUTF8 { body(TextBytes(UnsafeRawBufferPointer($0))) }
    }

    @Test(
        "a text is a number only as a whole and in decimal",
        arguments: [
            ("100.00", 100), ("-1", -1), ("1e2", 100), ("", nil), ("nan", nil), ("inf", nil), ("0x10", nil), ("12 ", nil),
            ("1e999", nil),
            ("1,5", nil), ("--1", nil), (String(repeating: "1", count: 33), nil),
        ] as [(String, Double?)])
    func numbers(text: String, number: Double?) { #expect(with(text) { $0.number } == number) }

    @Test("white space is trimmed at both ends")
    func trimming() {
        #expect(with(" \t on line\r\n") { $0.trimmed.string } == "on line")
        #expect(with(" \n ") { $0.trimmed.isEmpty })
    }

    @Test("control characters and turned writing are not plain")
    func plainness() {
        #expect(with("王阿姨 button") { $0.isPlain })
        #expect(!with("a\u{0}b") { $0.isPlain })
        #expect(!with("a\u{1B}[31m") { $0.isPlain })
        #expect(!with("a\u{202E}b") { $0.isPlain })
        #expect(!with("a\u{2067}b") { $0.isPlain })
    }

    @Test("every name of a table is found, and nothing else")
    func table() {
        let names = (0..<300).map { "name_\($0)" } + ["", "a", "ab"]
        let table = KeyTable(names.enumerated().map { (name: $1, entry: $0) })

        for (index, name) in names.enumerated() where !name.isEmpty { #expect(with(name) { table.entry(of: $0) } == index) }
        for name in ["name_300", "name", "b", "name_1 "] { #expect(with(name) { table.entry(of: $0) } == nil) }
    }
}
