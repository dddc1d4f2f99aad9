import Foundation
import Logging

/// swift-log's lines over a `LogOutlet`: `2026-11-24T20:00:00+0800 notice vigil: key=value message`, in the form of swift-log's own handler.
struct OutletLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    private let label: String
    private let outlet: LogOutlet

    init(label: String, outlet: LogOutlet) {
        self.label = label
        self.outlet = outlet
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value) " }.joined()
        outlet.write("\(Self.timestamp()) \(event.level) \(label): \(words)[\(event.source)] \(event.message)\n")
    }

    private static func timestamp() -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S%z", &parts)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
