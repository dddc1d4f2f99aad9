import Glibc
import VigilCore

/// Judges the files that a configuration names as the installed daemon will meet them, by owner and mode: root, who asks, may read all.
public struct FileJudge {
    /// Nothing that only the judge finds keeps a daemon from starting: it tries for itself.
    struct Finding: Hashable {
        var weight: SettingFault.Weight
        var message: String
    }

    /// nil where only what holds for everybody is judged.
    let user: DaemonUser?

    /// For the user `vigil`, where there is one and root asks. For anybody else the reading itself has shown what they may read.
    public static var installed: FileJudge { FileJudge(user: geteuid() == 0 ? DaemonUser(name: "vigil") : nil) }

    init(user: DaemonUser?) { self.user = user }

    /// - Parameter path: of a file that is there; of others nothing is said.
    func findings(_ path: String, isSecret: Bool) -> [Finding] {
        guard let whole = Self.resolved(path), let rights = FileRights(path: whole), rights.isRegular else { return [] }
        // Whole, however long: the remedy is there to be copied.
        let name = path.printable
        var findings: [Finding] = []
        if isSecret && rights.isReadByEverybody {
            findings.append(
                Finding(
                    weight: .warning, message: "\(name) holds a secret, and everybody on this machine may read it; chmod o= \(name)"))
        }
        guard let user else { return findings }
        if let folder = Self.folders(above: whole).first(where: { FileRights(path: $0)?.allow(.enter, to: user) == false }) {
            let message =
                "the daemon's user \(user.name) cannot reach \(name), because it may not enter \(folder); "
                + "move the file below /etc/vigil/credentials"
            findings.append(Finding(weight: .error, message: message))
        } else if !rights.allow(.read, to: user) {
            let message =
                "the daemon's user \(user.name) cannot read \(name); chown root:\(user.name) \(name) && chmod 640 \(name)"
            findings.append(Finding(weight: .error, message: message))
        }
        return findings
    }

    /// The file behind a path, with all links followed; nil where there is none.
    private static func resolved(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    /// `/`, `/etc` and `/etc/vigil` of `/etc/vigil/key`.
    private static func folders(above path: String) -> [String] {
        ["/"] + path.indices.dropFirst().filter { path[$0] == "/" }.map { String(path[..<$0]) }
    }
}
