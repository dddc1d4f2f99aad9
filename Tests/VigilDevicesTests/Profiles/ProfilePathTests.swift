import Testing

@testable import VigilDevices

struct ProfilePathTests {
    @Test(
        "paths are names with dots, lists and places",
        arguments: [
            (".", []), ("hr", [.member("hr")]), ("data.心率", [.member("data"), .member("心率")]),
            ("a\\.b.c", [.member("a.b"), .member("c")]), ("params[*].status", [.member("params"), .everyElement, .member("status")]),
            ("[*]", [.everyElement]), ("[2].x", [.element(2), .member("x")]), ("a[0][*]", [.member("a"), .element(0), .everyElement]),
            ("readings.*", [.member("readings"), .everyMember(capture: nil)]),
            ("{device}[*]", [.everyMember(capture: "device"), .everyElement]),
        ] as [(String, [ProfilePath.Step])])
    func steps(text: String, expected: [ProfilePath.Step]) throws {
        let path = try ProfilePath(text)

        #expect(path.steps == expected)
        #expect(!path.isAround)
    }

    @Test(
        "a path may start outside of the record",
        arguments: [("$.sid", [.member("sid")]), ("$", []), ("$[0]", [.element(0)])] as [(String, [ProfilePath.Step])])
    func body(text: String, expected: [ProfilePath.Step]) throws {
        let path = try ProfilePath(text)

        #expect(path.steps == expected)
        #expect(path.isAround)
    }

    @Test(
        "what is no path is refused",
        arguments: ["", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "a[+1]", "a[0]b", "{A}", "$a.", "[99999]"])
    func refused(text: String) { #expect(throws: ProfileFault.self) { try ProfilePath(text) } }
}
