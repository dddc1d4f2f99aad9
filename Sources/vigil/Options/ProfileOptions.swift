import ArgumentParser
import VigilCore
import VigilDaemon
import VigilDevices

/// Profiles that are tried before they are installed.
struct ProfileOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "A profile of your own, or a folder of them, besides those that are built in; may be repeated.", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var files: [String] = []

    /// What is understood with them.
    ///
    /// - Parameter site: the profiles of a configuration.
    /// - Throws: every fault of every profile at once.
    func registry(besides site: [Profile] = []) throws -> DecoderRegistry {
        let faults = FaultList()
        let profiles = files.flatMap { ProfileFile.load(path: $0, faults: faults).profiles }
        for profile in profiles {
            for name in profile.names where DecoderRegistry().entry(for: name) != nil {
                let message =
                    "\(SettingFault.quoted(name.rawValue)) is understood by the program itself; give the profile another dialect"
                faults.add(SettingFault(mark: profile.marks[name], path: "dialect", message: message))
            }
        }
        guard !faults.hasErrors else {
            throw CommandFailure(
                .configuration, "mend the profile first", faults: faults.errors.map(\.description),
                warnings: faults.warnings.map(\.description))
        }
        return .shipped(and: site + profiles)
    }
}
