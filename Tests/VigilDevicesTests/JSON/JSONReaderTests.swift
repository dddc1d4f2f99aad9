import Testing
import VigilCore

@testable import VigilDevices

struct JSONReaderTests {
    private let reader = JSONReader()

    private func reason(_ bytes: [UInt8]) -> DecodeFailure.Reason? {
        do {
            try reader.read(bytes) { _ in }
            return nil
        } catch { return error.reason }
    }

    private func reason(_ text: String) -> DecodeFailure.Reason? { reason(Array(text.utf8)) }

    private func read<Result: Sendable>(_ text: String, _ body: @Sendable (JSONNode) throws(DecodeFailure) -> Result) throws -> Result {
        try reader.read(Array(text.utf8), body)
    }

    @Test("values of each type are read as what they are")
    func types() throws {
        let text =
            #"{"null": null, "yes": true, "no": false, "whole": -7, "real": 1.5, "text": "a\u00e9\n", "list": [1, [2]], "map": {}}"#

        let seen = try read(text) { root in
            [
                root.member("null")?.isNull == true, root.member("yes")?.bool == true, root.member("no")?.bool == false,
                root.member("whole")?.integer == -7, root.member("whole")?.number == -7, root.member("real")?.number == 1.5,
                root.member("real")?.integer == nil, root.member("text")?.text?.string == "aé\n", root.member("list")?.count == 2,
                root.member("list")?.elements.map(\.integer) == [1, nil], root.member("map")?.isObject == true,
                root.member("missing") == nil, root.count == 8,
            ]
        }

        #expect(seen.allSatisfy { $0 }, "\(seen)")
    }

    @Test("a sibling follows a nested value")
    func siblings() throws {
        let keys = try read(#"{"a": {"b": [1, {"c": 2}], "d": 3}, "e": 4}"#) { root in root.members.map { $0.key.string } }

        #expect(keys == ["a", "e"])
    }

    @Test("integers at the ends of 64 bits are exact, beyond they are doubles")
    func integers() throws {
        let values = try read("[9223372036854775807, -9223372036854775808, 9223372036854775808, 1.0]") { $0.elements.map(\.integer) }

        #expect(values == [.max, .min, nil, nil])
    }

    @Test(
        "what is no JSON is malformed",
        arguments: [
            "", " ", "online", "{", #"{"a":}"#, #"{"a":1,}"#, "[1,2", "nan", "1e999",
            "[NaN", "[NaN 1]", #"{"a":1e400"#, #"{"a":nano}"#, "[infinitely]", #"["\ud83d]"#, #"{"a":NaN,}"#,
            "[01]", "[+1]", "[.5]", "[0x10]", #"{"a":1}x"#, "{'a':1}", #"["\x"]"#, "[\"\t\"]", #"["\ud8zz"]"#,
        ])
    func malformed(text: String) { #expect(reason(text) == .malformed) }

    @Test(
        "a single value that is no JSON is nothing, and named",
        arguments: [
            (#"{"smoke":true,"x":1e400}"#, "x: a number too large to be held"),
            (#"{"smoke":true,"x":-1e400}"#, "x: a number too large to be held"),
            (#"{"x":123456789012345678901234567890,"smoke":true}"#, "x: a number too large to be held"),
            (#"{"smoke":true,"temperature":nan}"#, "temperature: nan is no number"),
            (#"{"temperature": NaN, "smoke": true}"#, "temperature: NaN is no number"),
            (#"{"smoke":true,"list":[1,-Infinity]}"#, "list: -Infinity is no number"),
            (#"{"smoke":true,"name":"\ud83d"}"#, "name: half of a character stands in the text"),
            (#"{"smoke":true,"name":"\ude00 \ud83d\ude00"}"#, "name: half of a character stands in the text"),
        ])
    func mended(text: String, fault: String) throws {
        let decoded = try reader.read(Array(text.utf8)) { (root) throws(DecodeFailure) -> Decoded in
            Decoded(root.member("smoke")?.bool == true ? [Observation(.smoke, .bool(true))] : [])
        }

        #expect(decoded == Decoded([Observation(.smoke, .bool(true))], leftOut: [Decoded.LeftOut(fault)]))
    }

    @Test("what was mended reads as nothing, and what stands beside it as it is")
    func mendedValues() throws {
        let texts = try read(#"{"a":NaN,"b":"x\ud83dy \ud83d\ude00 \"nan\" 1e400","c":[1e400,2,"\\ud83d"]}"#) { root in
            [
                root.member("a")?.isNull == true ? "null" : nil, root.member("b")?.text?.string,
                root.member("c")?.elements.map { $0.isNull ? "null" : $0.text?.string ?? "\($0.integer ?? 0)" }.joined(separator: ","),
            ]
        }

        #expect(texts == ["null", "x\u{FFFD}y 😀 \"nan\" 1e400", #"null,2,\ud83d"#])
    }

    @Test("a payload of 64 KiB is read, one byte more is too large")
    func size() {
        let limit = JSONReader.maximumBytes
        let fits = "\"" + String(repeating: "a", count: limit - 2) + "\""

        #expect(reason(fits) == nil)
        #expect(reason(fits + " ") == .tooLarge)
    }

    @Test("nesting has a limit")
    func depth() {
        func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }

        #expect(reason(nested(JSONReader.maximumDepth - 1)) == nil)
        #expect(reason(nested(JSONReader.maximumDepth + 1)) == .tooDeep)
        #expect(reason(nested(30_000)) == .tooDeep)
    }

    @Test(
        "bytes that are no UTF-8 are refused",
        arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]])
    func encoding(bytes: [UInt8]) { #expect(reason(bytes) == .notUTF8) }

    @Test(
        "a name that stands twice in one object is refused, wherever it stands and however it is written",
        arguments: [
            #"{"a":1,"a":1}"#, #"{"smoke":true,"battery":1,"smoke":false}"#, #"{"x":{"a":1,"b":2,"a":3}}"#, #"[{"":1,"":2}]"#,
            #"{"a":1,"\u0061":2}"#, #"{"a":1,"b":NaN,"a":2}"#,
        ])
    func duplicates(text: String) { #expect(reason(text) == .duplicateKey) }

    @Test("the same name in two objects is fine")
    func sameNameElsewhere() { #expect(reason(#"{"a":{"a":1},"b":{"a":2},"c":[{"a":1},{"a":2}]}"#) == nil) }

    @Test("a duplicate is found in objects of any size", arguments: [2, 63, 64, 65, 66, 500, 5000])
    func duplicatesInLargeObjects(count: Int) {
        let members = (0..<count).map { #""k\#($0)":0"# }
        let unique = "{" + members.joined(separator: ",") + "}"
        let doubled = "{" + (members + [#""k\#(count / 2)":1"#]).joined(separator: ",") + "}"

        #expect(reason(unique) == nil)
        #expect(reason(doubled) == .duplicateKey)
    }

    @Test("the densest documents of full size fit the parser's buffers")
    func density() {
        let list = "[" + String(repeating: "1,", count: JSONReader.maximumBytes / 2 - 1) + "1]"
        let lists = "[" + String(repeating: "[],", count: JSONReader.maximumBytes / 3 - 2) + "1]"

        #expect(reason(String(list.prefix(JSONReader.maximumBytes - 2)) + "1]") == nil)
        #expect(reason(lists) == nil)
    }

    @Test("one reader serves several threads")
    func threads() async throws {
        let reader = reader
        let sums = await withTaskGroup(of: Int64.self) { group in
            for value in 0..<50 as Range<Int64> {
                group.addTask {
                    var sum: Int64 = 0
                    for _ in 0..<100 {
                        let read = try? reader.read(Array(#"{"v": \#(value)}"#.utf8)) { $0.member("v")?.integer ?? -1_000_000 }
                        sum += read ?? -1_000_000
                    }
                    return sum
                }
            }
            return await group.reduce(0, +)
        }

        #expect(sums == (0..<50).reduce(0, +) * 100)
    }
}
