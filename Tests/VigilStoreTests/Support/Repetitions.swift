import Foundation

/// How often a fault is tried: the short form by default, more by environment.
enum Repetitions {
    static func count(_ variable: String, default count: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? count
    }
}
