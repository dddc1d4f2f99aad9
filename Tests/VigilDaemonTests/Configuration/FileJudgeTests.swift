import Foundation
import Testing
import VigilCore

@testable import VigilDaemon

/// The files that a configuration names, as the installed daemon will meet them.
struct FileJudgeTests {
    /// Somebody to whom everything here belongs to others.
    private let stranger = DaemonUser(name: "vigil", userID: 64_990, groupIDs: [64_990])
    /// Somebody who shares the group of whoever runs the test.
    private var member: DaemonUser { DaemonUser(name: "vigil", userID: 64_990, groupIDs: [getegid()]) }

    private func findings(
        of mode: Int, for user: DaemonUser?, isSecret: Bool = true, folderMode: Int = 0o755
    ) throws -> [String] {
        try withFolder { folder in
            let path = folder + "/token"
            try write("s3cret", to: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            try FileManager.default.setAttributes([.posixPermissions: folderMode], ofItemAtPath: folder)
            return FileJudge(user: user).findings(path, isSecret: isSecret).map {
                "\($0.weight): \($0.message.replacing(folder, with: "F"))"
            }
        }
    }

    @Test("a secret that the daemon's user cannot read is an error, with the remedy")
    func unreadable() throws {
        #expect(
            try findings(of: 0o600, for: stranger) == [
                #"error: the daemon's user vigil cannot read F/token; chown root:vigil F/token && chmod 640 F/token"#
            ])
        #expect(try findings(of: 0o600, for: member).count == 1)
        #expect(try findings(of: 0o640, for: member) == [])
    }

    @Test("a folder that the daemon's user may not enter hides the file")
    func hidden() throws {
        #expect(
            try findings(of: 0o640, for: stranger, folderMode: 0o700) == [
                #"error: the daemon's user vigil cannot reach F/token, because it may not enter F; move the file below /etc/vigil/credentials"#
            ])
        #expect(try findings(of: 0o640, for: member, folderMode: 0o750) == [])
    }

    @Test("a secret that everybody may read is a warning, whether the machine has the daemon's user or not")
    func everybody() throws {
        let warning = #"warning: F/token holds a secret, and everybody on this machine may read it; chmod o= F/token"#

        #expect(try findings(of: 0o644, for: nil) == [warning])
        #expect(try findings(of: 0o644, for: member) == [warning])
        #expect(try findings(of: 0o640, for: nil) == [])
    }

    @Test("a certificate is no secret, and must be readable all the same")
    func certificate() throws {
        #expect(try findings(of: 0o644, for: stranger, isSecret: false) == [])
        #expect(try findings(of: 0o600, for: stranger, isSecret: false).count == 1)
    }

    @Test("what is no file, or is not there, is not judged here")
    func others() {
        #expect(FileJudge(user: stranger).findings("/dev/null", isSecret: true) == [])
        #expect(FileJudge(user: stranger).findings("/nowhere/token", isSecret: true) == [])
    }

    @Test("every file that a configuration names is judged at its place")
    func places() throws {
        try withFolder { folder in
            for name in ["broker", "token", "ca", "key"] { try write("s3cret\n", to: "\(folder)/\(name)") }
            for name in ["broker", "token", "key"] {
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(folder)/\(name)")
            }
            try write(
                """
                brokers:
                  - {id: main, host: 127.0.0.1, topics: [{filter: a, dialect: vigil}], username: u, password_file: broker,
                     tls: {ca_file: ca, certificate_file: ca, key_file: key}}
                channels:
                  - {id: push, kind: ntfy, token_file: token, ca_file: ca}

                """, to: "\(folder)/vigil.yaml")

            let loaded = Configuration.load(path: "\(folder)/vigil.yaml", vocabulary: vocabulary(), judge: FileJudge(user: nil))

            #expect(loaded.faults.errors == [])
            #expect(
                loaded.faults.warnings.map { "\($0.mark?.line ?? 0) \($0.path)" } == [
                    "2 brokers[0].password_file", "3 brokers[0].tls.key_file", "5 channels[0].token_file",
                ])
        }
    }

    @Test("an empty password is an error where somebody checks")
    func emptyPassword() throws {
        try withFolder { folder in
            try write("\n", to: "\(folder)/broker")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder)/broker")
            try write(
                minimal.replacing("host: 127.0.0.1,", with: "host: 127.0.0.1, username: u, password_file: broker,"),
                to: "\(folder)/vigil.yaml")

            let loaded = Configuration.load(path: "\(folder)/vigil.yaml", vocabulary: vocabulary(), judge: FileJudge(user: nil))

            #expect(
                loaded.faults.errors.map { $0.description.replacing(folder, with: "F") } == [
                    "F/vigil.yaml:2:61: brokers[0].password_file: F/broker is empty; write the secret into it"
                ])
        }
    }
}
