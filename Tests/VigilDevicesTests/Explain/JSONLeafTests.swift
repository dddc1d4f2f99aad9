import Testing

@testable import VigilDevices

struct JSONLeafTests {
    private func removals(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return JSONLeafScanner(bytes, limit: 100).leaves.map { leaf in
            "\(leaf.path): \(String(decoding: leaf.removed(from: bytes), as: UTF8.self))"
        }
    }

    @Test(
        "each leaf goes alone, and what is left is JSON still",
        arguments: [
            (#"{"a":1}"#, ["a: {}"]),
            (
                #"{"a":1,"b":"x,}\"","c":null}"#,
                [
                    #"a: {"b":"x,}\"","c":null}"#, #"b: {"a":1,"c":null}"#, #"c: {"a":1,"b":"x,}\""}"#,
                ]
            ),
            (
                #"{ "a" : { "b" : [1, {"c":true}] } , "d": {} }"#,
                [
                    #"a.b[0]: { "a" : { "b" : [null, {"c":true}] } , "d": {} }"#,
                    #"a.b[1].c: { "a" : { "b" : [1, {}] } , "d": {} }"#,
                    #"d: { "a" : { "b" : [1, {"c":true}] }  }"#,
                ]
            ),
            ("12.5", [": null"]),
            ("[]", [": null"]),
            ("[[],2]", ["[0]: [null,2]", "[1]: [[],null]"]),
        ])
    func removal(text: String, expected: [String]) { #expect(removals(text) == expected) }

    @Test("also what is no JSON ends", arguments: ["", "{", "[", "{\"", "[1,", "{\"a\":", "}", "{\"a\" 1}", "[1 2]", "\"\\"])
    func nonsense(text: String) { _ = removals(text) }
}
