import Testing
import VigilCore

@testable import VigilDaemon
@testable import VigilDevices

/// A profile as somebody writes it, with the head that every one needs.
struct ProfileText {
    static let head = """
        dialect: acme
        title: {zh-CN: 试, en: trial}
        source: a manual
        liveness: mains

        """

    let text: String

    /// - Parameter messages: what stands below `messages:`, indented as it is.
    init(messages: String, filter: String? = nil) {
        let indented = messages.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
        text = Self.head + (filter.map { "filter: \($0)\n" } ?? "") + "messages:\n\(indented)\n"
    }

    init(whole text: String) { self.text = text }

    func read() -> (profile: Profile?, faults: [String]) {
        let faults = FaultList()
        let profile = ProfileFile.read(Array(text.utf8), file: "p.yaml", faults: faults)
        return (profile, faults.errors.map(\.description))
    }

    func decoder() throws -> ProfileDecoder {
        let (profile, faults) = read()
        return ProfileDecoder(try #require(profile, "\(faults)"))
    }
}

extension Decoded {
    /// Each fact with the device that it speaks of.
    func facts(of own: String) -> [String] { observations.map { "\($0.device?.name ?? own) \($0.kind) \($0.value.said)" } }
}

extension ObservationValue {
    fileprivate var said: String {
        switch self {
        case .bool(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .text(let text): text
        case .numbers(let numbers): "\(numbers)"
        }
    }
}
