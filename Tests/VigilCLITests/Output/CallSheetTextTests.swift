import Testing
import VigilCore

@testable import vigil

struct CallSheetTextTests {
    private let number = "+86 (010) 5555-0142 #12"

    private func sheet(_ change: (inout CallSheet) -> Void = { _ in }) -> CallSheet {
        let wide = String(repeating: "长", count: 60)
        var sheet = CallSheet(
            registry: Registry(
                version: 7,
                community: Community(
                    name: wide,
                    grids: [
                        Grid(
                            id: "g1", name: wide,
                            buildings: [
                                Building(
                                    id: "b1", name: "1",
                                    units: [VigilCore.Unit(id: "u1", name: "1", dwellings: [Dwelling(id: "d1", name: wide)])])
                            ])
                    ]),
                residents: [
                    Resident(id: "r1", name: wide, dwelling: "d1", contacts: ["c1", "c2"], phone: number),
                    Resident(id: "r2", name: "李明", dwelling: "d1", contacts: ["c1"]),
                ],
                contacts: [
                    Contact(id: "c1", name: wide, role: .family, methods: [], phone: number),
                    Contact(id: "c2", name: "王敏\u{202E}", role: .family, methods: []),
                ]),
            rules: RuleSet(), alerts: [], clock: ClockReading(wallOffset: .zero, isTrusted: true),
            madeAt: WallTime(1_763_800_000_000))
        change(&sheet)
        return sheet
    }

    private func lines(_ sheet: CallSheet, _ language: Language) -> [String] {
        CallSheetText(language, timeZone: "Asia/Shanghai").text(sheet).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    @Test("no line is wider than 80 columns, a Chinese character takes two, and a number is never cut", arguments: Language.allCases)
    func width(language: Language) {
        let alert = CallSheet.OpenAlert(
            id: AlertID(String(repeating: "x", count: 90)), kind: "sos", state: .raised, raisedAt: WallTime(0))
        for sheet in [sheet(), sheet { $0.homes[0].alerts = [alert] }, sheet { $0.elsewhere = [alert] }] {
            let lines = lines(sheet, language)

            #expect(lines.allSatisfy { TextTable.width(of: $0) <= 80 }, "\(lines)")
            #expect(lines.count { $0.hasSuffix(number) } == 2)
            #expect(Words.isPersonalData.allSatisfy { lines.contains($0[language]) })
        }
    }

    @Test("numbers stand under each other, and who has none is on the sheet")
    func columns() throws {
        let lines = lines(sheet(), .chinese)

        let starts = lines.filter { $0.hasSuffix(number) || $0.hasSuffix("无电话") }.map { line in
            TextTable.width(of: line) - TextTable.width(of: line.hasSuffix(number) ? number : "无电话")
        }
        #expect(starts.count == 4)
        #expect(Set(starts).count == 1)
    }

    @Test("in a flat of two it says whose family somebody is, and names cannot turn the line around")
    func family() {
        let lines = lines(sheet(), .english)

        #expect(lines.contains { $0.hasPrefix("  2  王敏\\u{202E}") && $0.contains("family 长") })
    }

    @Test("that nothing was open is said, and so is that nobody is registered")
    func empty() {
        let lines = lines(sheet { $0.homes = [] }, .english)

        #expect(lines.contains("no red alert was open when this was printed"))
        #expect(lines.contains("nobody is registered yet; import them first: vigil registry import"))
    }
}
