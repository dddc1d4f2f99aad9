import Testing
import VigilCore

struct StringPrintableTests {
    @Test(
        "what people write stays as it is",
        arguments: ["", "kitchen smoke", "厨房 3号楼", "Müller é", "e\u{301}", "👍🏽", "√ 37.5 °C", "a\u{3000}b", #"a\b"#])
    func plain(text: String) { #expect(text.printable == text) }

    @Test(
        "what steers a terminal or the text around it is written out",
        arguments: [
            ("\u{1B}[2J", #"\u{1B}[2J"#), ("a\u{202E}b", #"a\u{202E}b"#), ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#),
            ("\u{061C}", #"\u{061C}"#), ("\u{200B}", #"\u{200B}"#), ("a\nb\tc\r", #"a\nb\tc\r"#), ("\u{9B}31m", #"\u{009B}31m"#),
            ("\u{2028}", #"\u{2028}"#), ("\u{E0041}", #"\u{000E0041}"#), ("\u{E000}", #"\u{E000}"#), ("\u{0}", #"\0"#),
            ("\u{FEFF}", #"\u{FEFF}"#), ("\u{AD}", #"\u{00AD}"#),
        ])
    func steering(text: String, shown: String) { #expect(text.printable == shown) }

    @Test("lines stay lines")
    func lines() { #expect("a\u{7}\n\nb\n".printableLines == "a\\u{07}\n\nb\n") }
}
