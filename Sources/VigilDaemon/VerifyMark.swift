import Foundation

/// Left behind when the disk broke its word: the next start verifies the whole database before it trusts it.
enum VerifyMark {
    static func path(_ stateDirectory: String) -> String { stateDirectory + "/verify" }

    /// Best effort: the disk is already known to fail, and the exit code tells the same.
    static func leave(in stateDirectory: String) { _ = FileManager.default.createFile(atPath: path(stateDirectory), contents: nil) }

    static func clear(in stateDirectory: String) {
        // Absent after every ordinary stop.
        try? FileManager.default.removeItem(atPath: path(stateDirectory))
    }
}
