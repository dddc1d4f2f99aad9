import ArgumentParser
import VigilCore
import VigilDaemon
import VigilDevices

/// `vigil decode [FILE...]`.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Says what payloads mean: JSON lines in, one JSON line out for each.",
        discussion: """
            {"topic": "zigbee2mqtt/kitchen", "payload": "{\\"smoke\\":true}"} becomes {"observations": [...]} or {"error": "..."}. \
            "dialect" in a line says who speaks, otherwise the topic decides; "payload_encoding" is utf8, hex or base64. \
            --explain says part by part which value of the payload made which fact, and what was ignored or left out, and why.
            """)

    @Argument(help: "Files of JSON lines; standard input unless given.", completion: .file())
    var files: [String] = []

    @Option(
        help: """
            Who speaks where a line does not say: \(DecoderRegistry.shipped.dialects.map(\.rawValue).joined(separator: ", ")), or the \
            dialect of a profile.
            """)
    var dialect: String?

    @OptionGroup var profiles: ProfileOptions

    @Flag(help: "Say which part of a payload made which fact, and why the rest made none.")
    var explain = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "How an explanation is printed: table for people (the default), json for programs.")
    var output: OutputFormat?

    @Option(help: ArgumentHelp("Language of an explanation: zh-CN or en. From LANG unless given.", valueName: "language"))
    var lang: Language = .ofEnvironment

    func validate() throws {
        if output == .table, !explain { throw ValidationError("a table is for people, who ask with --explain") }
    }

    func run() throws {
        let registry = try profiles.registry()
        if let dialect, registry.entry(for: Dialect(dialect)) == nil {
            let hint = SettingFault.hint(dialect, among: registry.dialects.map(\.rawValue))
            throw ValidationError("unknown dialect \(SettingFault.quoted(dialect))\(hint)")
        }
        let isForPeople = explain && output != .json
        let decoder = DecodeLine(registry: registry, dialect: dialect.map { Dialect($0) }, explains: explain)
        for path in files.isEmpty ? ["-"] : files {
            let lines = try InputLines(path: path)
            while let line = try lines.next() {
                // One answer for each line, whatever it holds: whoever asks counts them.
                guard let text = String(validating: line, as: UTF8.self) else {
                    StandardOutput.write(isForPeople ? "the line is no UTF-8 text\n" : #"{"error":"the line is no UTF-8 text"}"#)
                    continue
                }
                StandardOutput.write(isForPeople ? explained(text, by: decoder) : decoder.answer(to: text))
            }
        }
    }

    /// For people, with an empty line after it.
    private func explained(_ line: String, by decoder: DecodeLine) -> String {
        do {
            return ExplanationText(lang).text(try decoder.explanation(of: line)).printableLines + "\n\n"
        } catch {
            return "\(error)".printableLines + "\n\n"
        }
    }
}
