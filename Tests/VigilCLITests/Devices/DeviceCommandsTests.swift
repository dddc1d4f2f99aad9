import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

struct DeviceCommandsTests {
    private func run(_ house: ConsoleHouse, _ arguments: [String], lang: String = "en") async throws -> Program.Output {
        try await house.serve { try await Program.run(["devices"] + arguments + ["--socket", house.socket, "--lang", lang]) }
    }

    private func house() throws -> ConsoleHouse {
        let house = try ConsoleHouse()
        try house.happen { $0.say("band1", "heart_rate_bpm=71 battery_percent=80") }
        return house
    }

    @Test("the list is what vigil devices shows", arguments: ["en", "zh-CN"])
    func list(lang: String) async throws {
        let output = try await run(try house(), [], lang: lang)

        let row = output.lines.first { $0.hasPrefix("band1") }
        #expect(output.status == 0, "\(output.err)")
        #expect(row?.contains("1-1-101") == true && row?.contains("text:band1") == true && row?.contains("80%") == true)
        #expect(row?.contains(lang == "en" ? "heard" : "正常") == true)
        #expect(output.lines.last?.hasPrefix(lang == "en" ? "10 of 10: 1 heard" : "列出 10 / 10 台:正常 1") == true, "\(output.out)")
    }

    @Test("a list that was narrowed to nothing says so", arguments: [("en", "no registered device fits"), ("zh-CN", "没有符合条件的设备")])
    func narrowed(lang: String, words: String) async throws {
        let output = try await run(try house(), ["list", "--state", "dead"], lang: lang)

        #expect(output.status == 0)
        #expect(output.out.hasPrefix(words), "\(output.out)")
    }

    @Test("one device is shown with what it said, raw and decoded", arguments: ["en", "zh-CN"])
    func show(lang: String) async throws {
        let house = try house()

        let table = try await run(house, ["show", "band1"], lang: lang)
        let json = try await run(house, ["show", "band1", "-o", "json"], lang: lang)

        #expect(table.status == 0, "\(table.err)")
        #expect(
            table.out.contains(
                "    heart_rate_bpm=71 battery_percent=80\n    = \(lang == "en" ? "taken: " : "已采信:")heart_rate_bpm 71, battery_percent 80"
            ),
            "\(table.out)")
        #expect(table.out.contains(lang == "en" ? "stale after 15m, dead after 1h" : "15m 后为迟报, 1h 后为失联"), "\(table.out)")
        let report = try JSONDecoder().decode(DeviceDetailReport.self, from: Data(json.out.utf8))
        #expect(report.device.device == "band1" && report.frames.count == 1)
    }

    @Test(
        "a device whose receiver is down is suspended, and by what since when is said",
        arguments: [("en", "home down ", "suspended (home hears nothing since "), ("zh-CN", "home 中断 ", "暂停判断 (home 自 ")])
    func suspended(lang: String, note: String, words: String) async throws {
        let house = try house()
        try house.happen { $0.apply(.health(Health(.source("home"), .down))) }

        let list = try await run(house, [], lang: lang)
        let show = try await run(house, ["show", "band1"], lang: lang)

        let row = list.lines.first { $0.hasPrefix("band1") }
        #expect(row?.contains(note) == true, "\(list.out)")
        #expect(show.out.contains(words), "\(show.out)")
    }

    @Test("a device that nobody knows is refused")
    func unknown() async throws {
        let output = try await run(try house(), ["show", "band9"])

        #expect(output.status == 1)
        #expect(output.err == "vigil: no device \"band9\" is registered; see: vigil devices list\n")
    }

    @Test("a payload that would steer the terminal is written out")
    func hostile() async throws {
        let house = try ConsoleHouse()
        try house.happen { $0.say("band1", "\u{1B}[2Jx=\u{202E}") }

        let output = try await run(house, ["show", "band1"])

        #expect(output.out.contains("\\u{1B}[2Jx=\\u{202E}"), "\(output.out)")
        #expect(!output.out.unicodeScalars.contains("\u{1B}"))
    }

    @Test("the press test shows the first message that comes, under a drill that is over afterwards")
    func test() async throws {
        let house = try house()

        let output = try await house.serve {
            async let tested = Program.run(["devices", "test", "button1", "--for", "60s", "--socket", house.socket, "--lang", "en"])
            try await waitForDrill(in: house)
            try house.happen { $0.say("button1", "sos=true") }
            return try await tested
        }

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.hasPrefix("button1 was heard:"), "\(output.out)")
        #expect(output.out.contains("    = taken: sos true"), "\(output.out)")
        let orders = try await house.store.reader.orders(OrderFilter(state: .all))
        #expect(orders.count == 1 && orders.allSatisfy { $0.end != nil })
        let tests = try await house.store.reader.tests()
        #expect(tests.map(\.device) == [TextDecoder.address("button1")])
    }

    @Test(
        "a press that is sent again under its old number is shown as a repetition, and is no passed test",
        arguments: [("en", "nothing of it was taken", "repeated"), ("zh-CN", "一条也没有采信", "重复")])
    func replayed(lang: String, words: String, repeated: String) async throws {
        let house = try house()
        try house.happen { $0.say("button1", "#1 sos=true") }

        let output = try await house.serve {
            async let tested = Program.run(["devices", "test", "button1", "--for", "2s", "--socket", house.socket, "--lang", lang])
            try await waitForDrill(in: house)
            try house.happen { $0.say("button1", "#1 sos=true") }
            return try await tested
        }

        #expect(output.status == 1, "\(output.err)")
        #expect(output.out.contains(words) && output.out.contains("    = \(repeated)"), "\(output.out)")
        #expect(try await house.store.reader.tests().isEmpty)
    }

    @Test("the press test goes on after a message that was refused")
    func refusedFirst() async throws {
        let house = try house()

        let output = try await house.serve {
            async let tested = Program.run(["devices", "test", "button1", "--for", "60s", "--socket", house.socket, "--lang", "en"])
            try await waitForDrill(in: house)
            try house.happen { $0.say("button1", "?") + $0.say("button1", "sos=true") }
            return try await tested
        }

        #expect(output.status == 0, "\(output.err)")
        #expect(output.out.contains("    = refused, not taken: malformed: begins with ?"), "\(output.out)")
        #expect(output.out.contains("    = taken: sos true"), "\(output.out)")
    }

    @Test("where the device stays silent, what was heard instead is told, and the exit code says so", arguments: ["en", "zh-CN"])
    func silent(lang: String) async throws {
        let house = try house()

        let output = try await house.serve {
            async let tested = Program.run(["devices", "test", "button1", "--for", "2s", "--socket", house.socket, "--lang", lang])
            try await waitForDrill(in: house)
            try house.happen { $0.say("stranger", "motion=true") }
            return try await tested
        }

        #expect(output.status == 1, "\(output.err)")
        #expect(output.out.hasPrefix(lang == "en" ? "button1 said nothing for 2s" : "2s 内没有听到 button1"), "\(output.out)")
        #expect(output.out.contains("text:stranger  \(lang == "en" ? "not registered" : "未登记")  1"), "\(output.out)")
    }

    /// Until the command has announced its drill: a minute at the most, so that one that never does fails here and hangs nobody.
    private func waitForDrill(in house: ConsoleHouse) async throws {
        for _ in 0..<3000 {
            if try await house.store.reader.orders().contains(where: { $0.content == .drill(.device("button1")) }) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("no drill of button1 was announced")
    }

    @Test("without a daemon its store is read, and an empty registry says what to do")
    func offline() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: Site.configuration())
        let file = try folder.file("registry.yaml", text: Site.registry)
        let imported = try await Program.run(["registry", "import", file, "--config", config])
        #expect(imported.status == 0, "\(imported.err)")

        let list = try await Program.run(["devices", "--config", config])
        let show = try await Program.run(["devices", "show", "kitchen", "--config", config])
        let unknown = try await Program.run(["devices", "show", "hall", "--config", config])

        #expect(list.status == 0, "\(list.err)")
        #expect(list.out.contains("kitchen") && list.out.contains("never heard"), "\(list.out)")
        #expect(show.out.contains("zigbee2mqtt:kitchen") && show.out.contains("none of the last 0 messages"), "\(show.out)")
        #expect(unknown.status == 1)
    }
}
