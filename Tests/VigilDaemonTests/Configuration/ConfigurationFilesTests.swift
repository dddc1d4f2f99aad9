import Foundation
import Testing
import VigilCore

@testable import VigilDaemon

struct ConfigurationFilesTests {
    @Test("files in conf.d are read in the order of their names: maps are joined, lists appended")
    func merges() throws {
        try withFolder { folder in
            try write(minimal, to: "\(folder)/vigil.yaml")
            try write("channels: [{id: c, kind: ntfy}]\nlinger: 2s\n", to: "\(folder)/conf.d/20-c.yaml")
            try write("channels: [{id: b, kind: ntfy}]\nseverities: {blue: technical}\n", to: "\(folder)/conf.d/10-b.yaml")
            try write("lingr: 3s\n", to: "\(folder)/conf.d/.hidden.yaml")
            try write("lingr: 3s\n", to: "\(folder)/conf.d/notes.txt")

            let loaded = load(folder)
            let configuration = try #require(loaded.configuration)

            #expect(configuration.channels.map(\.id) == ["push", "b", "c"])
            #expect(configuration.linger == .seconds(2))
            #expect(configuration.policyBySeverity.map(\.policy) == ["red", "yellow", "technical"])
            #expect(loaded.files.map { $0.dropFirst(folder.count + 1) } == ["vigil.yaml", "conf.d/10-b.yaml", "conf.d/20-c.yaml"])
        }
    }

    @Test("a value that two files set is a fault that names both")
    func conflicts() throws {
        try withFolder { folder in
            try write(minimal + "linger: 1s\nseverities: {red: red}\n", to: "\(folder)/vigil.yaml")
            try write("linger: 2s\nseverities: {red: yellow}\nbrokers: none\n", to: "\(folder)/conf.d/a.yaml")

            let loaded = load(folder)

            #expect(loaded.configuration == nil)
            #expect(
                loaded.faults.errors.map { $0.description.replacing("\(folder)/", with: "") } == [
                    "conf.d/a.yaml:1:9: linger: is set already in vigil.yaml:5; keep one of the two",
                    "conf.d/a.yaml:2:19: severities.red: is set already in vigil.yaml:6; keep one of the two",
                    "conf.d/a.yaml:3:10: brokers: is set already in vigil.yaml:2; keep one of the two",
                ])
        }
    }

    @Test("an id that two files use is a fault, and all files are read to their end")
    func allFiles() throws {
        try withFolder { folder in
            try write(minimal + "lingr: 1s\n", to: "\(folder)/vigil.yaml")
            try write("channels: [{id: push, kind: ntfy}]\n", to: "\(folder)/conf.d/a.yaml")
            try write("a: [", to: "\(folder)/conf.d/b.yaml")
            try write("", to: "\(folder)/conf.d/c.yml")

            let loaded = load(folder)

            #expect(
                loaded.faults.errors.map { ($0.mark?.file.dropFirst(folder.count + 1) ?? "") + ": " + $0.message.prefix(30) } == [
                    "conf.d/a.yaml: another channel is called \"pus",
                    "conf.d/b.yaml: not YAML: did not find expecte",
                    "vigil.yaml: unknown key \"lingr\"; did you m",
                ])
            #expect(loaded.faults.warnings.map(\.message) == ["is not read; give it a name that ends with .yaml"])
        }
    }

    @Test("a file that is not there is a fault, not a crash")
    func missing() throws {
        try withFolder { folder in
            let loaded = load(folder)

            #expect(loaded.configuration == nil)
            #expect(loaded.faults.errors.count == 1)
            #expect(loaded.faults.errors.first?.message.hasPrefix("cannot be read: no such file or directory;") == true)
        }
    }

    @Test("relative paths start in the folder of the configuration")
    func relativePaths() throws {
        try withFolder { folder in
            try write(
                "state_directory: state\ncontrol_socket: ../v.sock\nalert_log: /var/log/a.log\n" + minimal, to: "\(folder)/vigil.yaml")

            let configuration = try #require(load(folder).configuration)

            #expect(configuration.stateDirectory == "\(folder)/state")
            #expect(configuration.controlSocket == "\(folder)/../v.sock")
            #expect(configuration.alertLog == "/var/log/a.log")
        }
    }

    @Test("the folder of a path is where its last slash says", arguments: [("a/b.yaml", "a"), ("b.yaml", "."), ("/b.yaml", "/")])
    func directory(_ path: String, _ expected: String) {
        #expect(ConfigurationFiles.directory(of: path) == expected)
    }

    private func load(_ folder: String) -> Configuration.Loaded {
        Configuration.load(path: "\(folder)/vigil.yaml", vocabulary: vocabulary())
    }
}
