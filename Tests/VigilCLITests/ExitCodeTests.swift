import Testing

struct ExitCodeTests {
    @Test(
        "wrong usage ends with 2 and says what is known",
        arguments: [
            (["frobnicate"], "Unexpected argument"),
            (["alerts", "show"], "Missing expected argument"),
            (["alerts", "close", "a-1", "--outcome", "fall_no_injry"], #"did you mean "fall_no_injury"?"#),
            (["alerts", "list", "--severity", "purple"], "red, yellow"),
            (["decode", "--dialect", "zigbe2mqtt"], #"did you mean "zigbee2mqtt"?"#),
            (["decode", "/nowhere/lines.jsonl"], "cannot read /nowhere/lines.jsonl: no such file or directory"),
            (["decode", "/tmp"], "cannot read /tmp: is a directory"),
            (["replay", "/tmp"], "cannot read /tmp: is a directory"),
            (["registry", "import", "/tmp"], "cannot read /tmp: is a directory"),
            (["status", "--config", "/tmp"], "cannot read /tmp: is a directory; name"),
            (["alerts", "list", "--limit", "0"], #""0" is no number from 1 to 10000"#),
            (["alerts", "list", "--limit", "-1"], #""-1" is no number from 1 to 10000"#),
            (["alerts", "list", "--limit", "10001"], #""10001" is no number from 1 to 10000"#),
            (["alerts", "list", "--limit", "x"], #""x" is no number from 1 to 10000"#),
            (["alerts", "follow", "--after", "-3"], #""-3" is no number from 0 on"#),
            (["replay", "a", "--journal", "b"], "not both"),
            (["status", "--config", "/nowhere/vigil.yaml"], "cannot read /nowhere/vigil.yaml: no such file or directory; name"),
            (["registry", "import", "/nowhere/registry.yaml"], "cannot read /nowhere/registry.yaml: no such file or directory"),
        ])
    func usage(arguments: [String], words: String) async throws {
        let output = try await Program.run(arguments)

        #expect(output.status == 2)
        #expect(output.err.contains(words), "\(output.err)")
        #expect(output.out.isEmpty)
    }

    @Test("a daemon that does not run ends with 75 and says how to look for it")
    func temporary() async throws {
        let folder = try TemporaryFolder()
        let socket = folder.path + "/control.sock"

        let output = try await Program.run(["alerts", "list", "--socket", socket])

        #expect(output.status == 75)
        #expect(
            output.err
                == "vigil: cannot reach the daemon at \(socket): no such file or directory; is it running? systemctl status vigil\n")
    }

    @Test("the control socket is the one of the configuration, whatever else is wrong with it")
    func configuredSocket() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("vigil.yaml", text: "control_socket: here.sock\nnonsense: 1\nbrokers: 7\n")

        let output = try await Program.run(["status", "--config", file])

        #expect(output.status == 75)
        #expect(output.err.contains("\(folder.path)/here.sock"), "\(output.err)")
    }

    @Test("help and version end with 0")
    func help() async throws {
        for arguments in [["--help"], ["help", "alerts"], ["alerts", "accept", "--help"], ["version"], ["--version"]] {
            let output = try await Program.run(arguments)

            #expect(output.status == 0, "\(arguments)")
            #expect(!output.out.isEmpty)
        }
    }
}
