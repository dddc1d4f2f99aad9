import Foundation
import VigilCore

@testable import VigilDaemon

/// What the rooms would tell the configuration; small, so that a fault's list of known names stays readable.
func vocabulary() -> ConfigurationVocabulary {
    ConfigurationVocabulary(
        dialects: ["vigil", "zigbee2mqtt"], channelKinds: ["mqtt", "ntfy", "webhook"],
        validateRule: { rule, path, faults in
            guard !["sos", "smoke", "fall", "threshold", "absence", "device", "battery"].contains(rule.detector) else { return }
            faults.add(SettingFault(mark: rule.settings.mark, path: "\(path).detector", message: "unknown detector"))
        },
        validateChannel: { _, _, _ in },
        isHeard: { frame, dialect in dialect != "zigbee2mqtt" || !frame.topic.hasSuffix("/set") })
}

/// What came of reading a text as a configuration.
struct ReadConfiguration {
    var configuration: Configuration?
    var readable: Configuration?
    var faults: FaultList

    init(_ text: String, vocabulary: ConfigurationVocabulary = VigilDaemonTests.vocabulary(), directory: String = "/etc/vigil") {
        self.init(Array(text.utf8), vocabulary: vocabulary, directory: directory)
    }

    init(_ bytes: [UInt8], vocabulary: ConfigurationVocabulary = VigilDaemonTests.vocabulary(), directory: String = "/etc/vigil") {
        faults = FaultList()
        readable = YAMLSettings.parse(bytes, file: "v.yaml", faults: faults).flatMap {
            Configuration.read($0, directory: directory, vocabulary: vocabulary, faults: faults)
        }
        configuration = faults.hasErrors ? nil : readable
    }

    /// All faults as an operator sees them.
    var lines: [String] { (faults.errors + faults.warnings).map(\.description) }
}

/// The least that is a configuration without faults.
let minimal = """
    brokers:
      - {id: main, host: 127.0.0.1, topics: [{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}]}
    channels:
      - {id: push, kind: ntfy}

    """

/// A file of the repository.
func repositoryFile(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../\(path)").standardizedFileURL.path
}

/// A fresh folder, removed when the body is done.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vigil-configuration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // a folder that is left over in /tmp fails nobody
    return try body(folder.path)
}

func write(_ text: String, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
}
