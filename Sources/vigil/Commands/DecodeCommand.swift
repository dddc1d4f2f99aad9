import ArgumentParser
import VigilCore
import VigilDevices

/// `vigil decode [FILE...]`.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Says what payloads mean: JSON lines in, one JSON line out for each.",
        discussion: """
            {"topic": "zigbee2mqtt/kitchen", "payload": "{\\"smoke\\":true}"} becomes {"observations": [...]} or {"error": "..."}. \
            "dialect" in a line says who speaks, otherwise the topic decides; "payload_encoding" is utf8, hex or base64.
            """)

    @Argument(help: "Files of JSON lines; standard input unless given.", completion: .file())
    var files: [String] = []

    @Option(help: "Who speaks where a line does not say: \(DecoderRegistry().entries.map(\.dialect.rawValue).joined(separator: ", ")).")
    var dialect: String?

    func validate() throws {
        guard let dialect, DecoderRegistry().entry(for: Dialect(dialect)) == nil else { return }
        let hint = SettingFault.hint(dialect, among: DecoderRegistry().entries.map(\.dialect.rawValue))
        throw ValidationError("unknown dialect \(SettingFault.quoted(dialect))\(hint)")
    }

    func run() throws {
        let decoder = DecodeLine(dialect: dialect.map { Dialect($0) })
        for path in files.isEmpty ? ["-"] : files {
            let lines = try InputLines(path: path)
            while let line = try lines.next() {
                // One answer for each line, whatever it holds: whoever asks counts them.
                guard let text = String(validating: line, as: UTF8.self) else {
                    StandardOutput.write(#"{"error":"the line is no UTF-8 text"}"#)
                    continue
                }
                StandardOutput.write(decoder.answer(to: text))
            }
        }
    }
}
