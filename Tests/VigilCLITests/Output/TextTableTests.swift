import Testing

@testable import vigil

struct TextTableTests {
    @Test("a table fits into 100 places, and ids are never cut")
    func width() {
        var table = TextTable([.init(title: "A", isFlexible: true), .init(title: "B", isFlexible: true), .init(title: "ID")])
        table.rows = [[String(repeating: "火", count: 60), String(repeating: "x", count: 60), "device_silent-component-0042-17"]]

        let lines = table.text.split(separator: "\n")

        #expect(lines.allSatisfy { TextTable.width(of: String($0)) <= 100 })
        #expect(lines.last?.hasSuffix("device_silent-component-0042-17") == true)
        #expect(lines.last?.contains("…") == true)
    }

    @Test("Chinese takes two places, so columns stand under each other")
    func chinese() {
        var table = TextTable([.init(title: "类型"), .init(title: "B")])
        table.rows = [["求救", "1"], ["sos", "2"]]

        #expect(table.text == "类型  B\n求救  1\nsos   2")
    }
}
