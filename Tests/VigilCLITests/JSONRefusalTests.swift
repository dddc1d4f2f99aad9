import Foundation
import Synchronization
import Testing
import VigilConsole
import VigilCore
import VigilTesting

/// With `-o json` a refusal is one JSON object on standard output, in the API's own form, and nothing else is said.
struct JSONRefusalTests {
    /// The one object of a refused command.
    private func report(_ output: Program.Output) throws -> ErrorReport {
        #expect(output.err == "")
        #expect(output.lines.count == 1, "\(output.out)")
        return try JSONDecoder().decode(ErrorReport.self, from: Data(output.out.utf8))
    }

    @Test(
        "a daemon that does not run",
        arguments: [
            ["status"], ["alerts", "list"], ["alerts", "show", "a-1"], ["alerts", "follow"], ["alerts", "accept", "a-1"],
            ["alerts", "decline", "a-1"], ["alerts", "on-the-way", "a-1"], ["alerts", "on-scene", "a-1"],
            ["alerts", "note", "a-1", "x"],
            ["alerts", "close", "a-1", "--outcome", "drill"], ["check-in", "r1"], ["devices", "unclaimed"], ["devices", "quarantine"],
            ["reload"],
        ])
    func noDaemon(arguments: [String]) async throws {
        let folder = try TemporaryFolder()

        let output = try await Program.run(arguments + ["--socket", folder.path + "/control.sock", "-o", "json"])

        #expect(output.status == 75)
        #expect(try report(output).error.hasPrefix("cannot reach the daemon at "))
    }

    @Test(
        "a command that changed nothing",
        arguments: [
            ["alerts", "accept", "sos-r9-1"], ["alerts", "close", "sos-r9-1", "--outcome", "drill"], ["alerts", "show", "sos-r9-1"],
            ["check-in", "r9"],
        ])
    func refused(arguments: [String]) async throws {
        let house = try ConsoleHouse()

        let output = try await house.serve { try await Program.run(arguments + ["--socket", house.socket, "--output=json"]) }

        #expect(output.status == 1)
        let report = try report(output)
        #expect(report.error.contains("r9"))
        #expect(report.message?.english == report.error)
        #expect(report.message?.chinese.contains("r9") == true)
    }

    @Test("a refused registry brings its faults, with a daemon and without")
    func registry() async throws {
        let house = try ConsoleHouse()
        let folder = try TemporaryFolder()
        let bad = try folder.file("bad.yaml", text: "nonsense: 1\n")
        let config = try folder.file("vigil.yaml", text: Site.configuration())

        let online = try await house.serve {
            try await Program.run(["registry", "import", bad, "--socket", house.socket, "-o", "json"])
        }
        let offline = try await Program.run(["registry", "import", bad, "--config", config, "-o", "json"])

        #expect(online.status == 1)
        #expect(try report(online).faults == ["\(bad):1:1: no community"])
        #expect(offline.status == 1)
        #expect(try report(offline).faults?.first?.hasPrefix("\(bad):1:1: ") == true, "\(offline.out)")
    }

    @Test("a refused configuration brings its faults and warnings")
    func configuration() async throws {
        let house = try ConsoleHouse()
        house.reloads.withLock { $0 = ReloadResult(rulesVersion: nil, faults: ["vigil.yaml:1:1: wrong"], warnings: ["careful"]) }
        let folder = try TemporaryFolder()
        let config = try folder.file("vigil.yaml", text: "brokers: 7\n")

        let reload = try await house.serve { try await Program.run(["reload", "--socket", house.socket, "-o", "json"]) }
        let export = try await Program.run(["registry", "export", "--config", config, "-o", "json"])

        #expect(reload.status == 1)
        #expect(try report(reload).faults == ["vigil.yaml:1:1: wrong"])
        #expect(try report(reload).warnings == ["careful"])
        #expect(export.status == 78)
        #expect(try report(export).faults?.isEmpty == false)
    }

    @Test("warnings of what was done stand in the answer alone")
    func warnings() async throws {
        let house = try ConsoleHouse()
        let folder = try TemporaryFolder()
        let good = try folder.file("good.yaml", text: "community: {}\n")

        let (imported, reloaded) = try await house.serve {
            let options = ["--socket", house.socket, "-o", "json"]
            return (
                try await Program.run(["registry", "import", good] + options), try await Program.run(["reload"] + options)
            )
        }

        #expect(imported.err == "")
        #expect(imported.out.contains("warning: thin"))
        #expect(reloaded.err == "")
        #expect(reloaded.out.contains("warning: careful"))
    }

    @Test(
        "wrong usage",
        arguments: [
            (["alerts", "close", "a-1", "--outcome", "drll", "-o", "json"], #"did you mean "drill"?"#),
            (["alerts", "show", "-o", "json"], "Missing expected argument"),
            (["status", "-o", "json", "--config", "/nowhere/vigil.yaml"], "cannot read /nowhere/vigil.yaml"),
            (["registry", "import", "/nowhere/registry.yaml", "-o", "json"], "cannot read /nowhere/registry.yaml"),
        ])
    func usage(arguments: [String], words: String) async throws {
        let output = try await Program.run(arguments)

        #expect(output.status == 2)
        #expect(try report(output).error.contains(words), "\(output.out)")
    }

    @Test("help is help")
    func help() async throws {
        let output = try await Program.run(["alerts", "list", "-o", "json", "--help"])

        #expect(output.status == 0)
        #expect(output.out.contains("USAGE:"))
    }
}
