public import ArgumentParser
import Foundation
public import VigilCore
public import VigilStore

// Values of the core that can stand on a command line, by their raw values.

extension Severity: ExpressibleByArgument {}
extension AlertFilter.State: ExpressibleByArgument {}
extension OrderFilter.State: ExpressibleByArgument {}
extension ResidentContext: ExpressibleByArgument {}
extension ReportGrouping: ExpressibleByArgument {}
extension DeviceCondition.State: ExpressibleByArgument {}
extension LivenessClass: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument.lowercased().prefix(2) {
        case "zh": self = .chinese
        case "en": self = .english
        default: return nil
        }
    }

    public static var allValueStrings: [String] { allCases.map(\.rawValue) }

    /// By LC_ALL, LC_MESSAGES or LANG, in this order (locale(7)).
    static var ofEnvironment: Language {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("zh") == true ? .chinese : .english
    }
}
