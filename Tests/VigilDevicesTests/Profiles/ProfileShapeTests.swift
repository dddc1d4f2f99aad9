import Testing
import VigilCore

@testable import VigilDevices

/// A payload of another shape than the profile expects leaves a fault.
struct ProfileShapeTests {
    private func faults(_ message: String, _ payload: String) throws -> [String] {
        try ProfileText(messages: message).decoder().decode(payload, on: "acme/m1").faults
    }

    @Test(
        "where there are no records somebody learns why",
        arguments: [
            ("data[*]", #"{"items":[{"v":1}]}"#, ["each: data is missing (p.yaml:6)"]),
            ("data.list[*]", #"{"data":{}}"#, ["each: data.list is missing (p.yaml:6)"]),
            ("data.list[*]", #"{"data":[{"list":[]}]}"#, ["each: data is a list, not an object (p.yaml:6)"]),
            ("data.list[*]", #"{"data":7}"#, ["each: data is a number, not an object (p.yaml:6)"]),
            ("\"[0]\"", #"{"v":1}"#, ["each: the body is an object, not a list (p.yaml:6)"]),
            ("\"data[2]\"", #"{"data":[{"v":1}]}"#, ["each: data[2] is missing (p.yaml:6)"]),
            ("params.{name}", #"{"params":"x"}"#, ["each: params is a text, not an object (p.yaml:6)"]),
            ("\"{name}.x\"", #"{"a":{"y":1},"b":{"x":{"v":2}}}"#, []),
            ("\"{name}.x\"", #"{"a":{"y":1}}"#, ["each: {name}.x is missing (p.yaml:6)"]),
        ])
    func records(each: String, payload: String, expected: [String]) throws {
        let message = "- topic: acme/{device}\n  each: \(each)\n  facts: [{path: v, kind: steps}]"

        #expect(try faults(message, payload) == expected)
    }

    @Test("an empty list, null and no reading are no fault", arguments: [#"{"data":[]}"#, #"{"data":null}"#, #"{"data":""}"#, "[]"])
    func empty(payload: String) throws {
        let each = payload == "[]" ? "\"[*]\"" : "data[*]"

        #expect(try faults("- topic: acme/{device}\n  each: \(each)\n  facts: [{path: v, kind: steps}]", payload) == [])
    }

    @Test("where a body may hold its records in several places one of them is enough")
    func severalPlaces() throws {
        let message = """
            - {topic: "acme/{device}", each: "a[*]", facts: [{path: v, kind: steps}]}
            - {topic: "acme/{device}", each: "b[*]", facts: [{path: v, kind: steps}]}
            """

        #expect(try faults(message, #"{"a":[{"v":1}]}"#) == [])
        #expect(try faults(message, #"{"b":[]}"#) == [])
        #expect(try faults(message, #"{"c":[{"v":1}]}"#) == ["each: a is missing (p.yaml:6)", "each: b is missing (p.yaml:7)"])
    }

    @Test(
        "a list where an object is expected is a fault, and the other way round",
        arguments: [
            (
                "vitals.hr", #"[{"vitals":{"hr":60}}]"#,
                ["the record: a list stands where an object is expected; correct the paths (p.yaml:6)"]
            ),
            ("vitals.hr", "7", ["the record: a number stands where an object is expected; correct the paths (p.yaml:6)"]),
            (
                "vitals.hr", #"{"vitals":[{"hr":60}]}"#,
                ["vitals: a list stands where an object is expected; correct the paths (p.yaml:6)"]
            ),
            ("vitals.hr", #"{"vitals":60}"#, ["vitals: a number stands where an object is expected; correct the paths (p.yaml:6)"]),
            (
                "\"vitals[0].hr\"", #"{"vitals":{"hr":60}}"#,
                ["vitals: an object stands where a list is expected; correct the paths (p.yaml:6)"]
            ),
            (
                "\"vitals[0].hr\"", #"{"vitals":[60]}"#,
                ["vitals[0]: a number stands where an object is expected; correct the paths (p.yaml:6)"]
            ),
            ("vitals.hr", #"{"vitals":[]}"#, []), ("vitals.hr", #"{"vitals":null}"#, []), ("vitals.hr", #"{"vitals":"unknown"}"#, []),
            ("vitals.hr", #"{"other":1}"#, []), ("\"vitals[*].hr\"", #"{"vitals":{"hr":60}}"#, []),
            ("[value.hr, value]", #"{"value":60}"#, []),
        ])
    func facts(path: String, payload: String, expected: [String]) throws {
        #expect(try faults("- topic: acme/{device}\n  facts: [{path: \(path), kind: heart_rate_bpm}]", payload) == expected)
    }

    @Test("an unknown word is shortened and made printable, and of many known ones a few are named")
    func words() throws {
        let known = (1...20).map { "w\($0): true" }.joined(separator: ", ")
        let message = "- topic: acme/{device}\n  facts: [{path: v, kind: smoke, words: {\(known)}}]"

        let fault = try #require(try faults(message, "{\"v\":\"\\u001b[31m\(String(repeating: "a", count: 200))\"}").first)

        #expect(!fault.contains("\u{1B}"))
        #expect(fault.contains("aaa…\"; known: w1, "))
        #expect(fault.contains("w12, …; say"))
        #expect(!fault.contains(String(repeating: "a", count: 61)))
    }

    @Test("a list as a word is named by its shape")
    func nestedWord() throws {
        let faults = try faults("- topic: acme/{device}\n  facts: [{path: v, kind: smoke, words: {on: true}}]", #"{"v":[1]}"#)

        #expect(faults == ["v: unknown word a list or object; known: on; say in words what it means, or ~ for nothing (p.yaml:7)"])
    }
}
