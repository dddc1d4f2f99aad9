import Testing
import VigilConsole
import VigilCore

@testable import vigil

struct ReportCSVTests {
    @Test("what would break a record is quoted, and quotation marks are doubled (RFC 4180, section 2)")
    func quoting() {
        var group = ResponseReport.Group(.grid, "g1")
        group.name = "North, \"old\"\r\ntown"
        let document = ReportDocument(from: WallTime(0), to: WallTime(1000), timeZone: "UTC", groups: [group])

        let text = ReportCSV.text(document)

        #expect(
            text.hasSuffix(
                "1970-01-01 00:00:00Z,1970-01-01 00:00:01Z,grid,g1,\"North, \"\"old\"\"\r\ntown\",0,0,0,0,0,,,,0,,,,0,,,,0,0,0,0,0\r\n")
        )
    }

    @Test("an empty report is its head alone")
    func empty() {
        let document = ReportDocument(from: WallTime(0), to: WallTime(1000), timeZone: "UTC", groups: [])

        #expect(ReportCSV.text(document) == ReportCSV.columns.joined(separator: ",") + "\r\n")
        #expect(Set(ReportCSV.columns).count == ReportCSV.columns.count)
    }
}
