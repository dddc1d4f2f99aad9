import Foundation

extension CrashHouse {
    /// Adds devices to the registry, each a line of YAML; before the first start.
    func register(_ devices: [String]) throws {
        let file = directory + "/registry.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let lines = devices.map { "  - \($0)" }.joined(separator: "\n")
        try text.replacing("\ndevices:\n", with: "\ndevices:\n\(lines)\n").write(toFile: file, atomically: true, encoding: .utf8)
    }
}
