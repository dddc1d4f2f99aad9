public import Foundation

/// A certificate authority for one test, made with the openssl program.
public struct Certificates {
    public let directory: URL

    /// Makes an authority: `ca.pem`.
    ///
    /// - Parameter directory: where everything is written.
    public init(in directory: URL) throws {
        self.directory = directory
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 99 -subj /CN=test-authority -keyout ca.key -out ca.pem")
    }

    public var authority: String { path("ca.pem") }

    public func path(_ name: String) -> String { directory.appending(path: name).path }

    /// Makes `<name>.key` and `<name>.pem`.
    ///
    /// - Parameters:
    ///   - alternativeNames: the subjectAltName extension, as openssl writes it.
    ///   - days: how long it is good from now; negative makes one that has expired.
    public func issue(_ name: String, alternativeNames: String, days: Int = 90) throws {
        try "subjectAltName=\(alternativeNames)\n".write(toFile: path("\(name).ext"), atomically: true, encoding: .utf8)
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) -keyout \(name).key -out \(name).csr")
        try openssl(
            "x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) -extfile \(name).ext -out \(name).pem")
    }

    private func openssl(_ arguments: String) throws {
        let result = try ChildProcess.run("openssl", arguments.split(separator: " ").map(String.init), directory: directory.path)
        guard result.end == .exited(0) else {
            throw ChildProcess.Failure(description: "openssl \(arguments) failed: \(result.errors)")
        }
    }
}
