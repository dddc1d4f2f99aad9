import Foundation

/// The wall clock, for what the program compares with its own.
enum LocalTimeForTests {
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
