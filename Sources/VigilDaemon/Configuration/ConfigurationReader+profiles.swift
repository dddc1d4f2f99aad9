import FoundationEssentials
import VigilCore
import VigilDevices

extension ConfigurationReader {
    /// The profiles that the site has written, and what routes may name because of them.
    ///
    /// - Returns: the profiles, and the files that they stand in.
    mutating func readProfiles(_ top: inout SettingsReader) -> (profiles: [Profile], files: [String]) {
        var profiles: [Profile] = []
        var files: [String] = []
        var places: [Dialect: String] = [:]
        for (path, mark) in profilePaths(&top) {
            let loaded = ProfileFile.load(path: path, faults: faults)
            files += loaded.files
            for profile in loaded.profiles {
                for name in profile.names {
                    guard let reason = refusal(name, places) else { continue }
                    top.fault(at: mark, key: "profiles", "\(path): \(reason)")
                }
                for name in profile.names { places[name] = path }
            }
            profiles += loaded.profiles
        }
        vocabulary.add(profiles)
        return (profiles, files)
    }

    /// Those that are named; the folder `profiles` beside the configuration where nothing is said and it is there.
    private func profilePaths(_ top: inout SettingsReader) -> [(path: String, mark: Setting.Mark?)] {
        if top.setting("profiles") != nil {
            return top.texts("profiles").compactMap { text, mark in
                guard !text.isEmpty else {
                    top.fault(at: mark, key: "profiles", "is empty; write a folder or a file, such as profiles/")
                    return nil
                }
                return (wholePath(text), mark)
            }
        }
        let usual = wholePath("profiles")
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: usual, isDirectory: &isDirectory), isDirectory else { return [] }
        return [(usual, nil)]
    }

    private func refusal(_ name: Dialect, _ places: [Dialect: String]) -> String? {
        let shown = SettingFault.quoted(name.rawValue)
        if DecoderRegistry().entry(for: name) != nil {
            return "\(shown) is understood by the program itself; give the profile another dialect"
        }
        return places[name].map { "\(shown) is described in \($0) already; keep one of them, or give it another dialect" }
    }
}
