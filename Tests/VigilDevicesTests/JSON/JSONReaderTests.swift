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
            "", " ", "online", "{", #"{"a":}"#, #"{"a":1,}"#, "[1,2", "nan", "[NaN]", "[Infinity]", "[-Infinity]", "[1e999]",
            "[-1e999]",
            "[01]", "[+1]", "[.5]", "[0x10]", #"{"a":1}x"#, "{'a':1}", #"["\ud800"]"#, #"["\x"]"#, "[\"\t\"]",
            "[123456789012345678901234567890]",
        ])
    func malformed(text: String) { #expect(reason(text) == .malformed) }

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
            #"{"a":1,"\u0061":2}"#,
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
