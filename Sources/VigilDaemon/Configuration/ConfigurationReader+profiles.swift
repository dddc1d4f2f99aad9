import FoundationEssentials
import VigilCore
import VigilDevices

extension ConfigurationReader {
    /// The profiles that the site has written, and what routes may name because of them.
    mutating func readProfiles(_ top: inout SettingsReader) -> ProfileFile.Loaded {
        var all = ProfileFile.Loaded()
        var places: [Dialect: Setting.Mark] = [:]
        for path in profilePaths(&top) {
            let loaded = ProfileFile.load(path: path, faults: faults)
            for profile in loaded.profiles {
                let refusals = profile.names.compactMap { name in refusal(name, places).map { (name, $0) } }
                for (name, reason) in refusals {
                    faults.add(SettingFault(mark: profile.marks[name], path: "dialect", message: reason))
                }
                for name in profile.names { places[name] = places[name] ?? profile.marks[name] }
                // What is wrong with its topics is nobody's concern before it has a name of its own.
                if refusals.isEmpty { all.profiles.append(profile) } else { all.faulty += profile.names }
            }
            all.files += loaded.files
            all.faulty += loaded.faulty
        }
        vocabulary.add(all.profiles)
        vocabulary.faultyDialects = all.faulty
        return all
    }

    /// Those that are named; the folder `profiles` beside the configuration where nothing is said and it is there.
    private func profilePaths(_ top: inout SettingsReader) -> [String] {
        if top.setting("profiles") != nil {
            return top.texts("profiles").compactMap { text, mark in
                guard !text.isEmpty else {
                    top.fault(at: mark, key: "profiles", "is empty; write a folder or a file, such as profiles/")
                    return nil
                }
                return wholePath(text)
            }
        }
        let usual = wholePath("profiles")
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: usual, isDirectory: &isDirectory), isDirectory else { return [] }
        return [usual]
    }

    private func refusal(_ name: Dialect, _ places: [Dialect: Setting.Mark]) -> String? {
        let shown = SettingFault.quoted(name.rawValue)
        if DecoderRegistry().entry(for: name) != nil {
            return "\(shown) is understood by the program itself; give the profile another dialect"
        }
        return places[name].map {
            "\(shown) is described in \($0.file):\($0.line) already; keep one of them, or give it another dialect"
        }
    }

    // MARK: Routes

    /// A filter below which no message of the dialect's profile can come.
    func warnOfSilence(_ filter: String, _ dialect: Dialect, _ entry: SettingsReader) {
        let known = ShippedProfiles.all + vocabulary.profiles
        guard let profile = known.last(where: { $0.names.contains(dialect) }), !profile.speaks(below: filter) else { return }
        let place = profile.marks[dialect].map { " in \($0.file)" } ?? ""
        let message =
            "no message of \(SettingFault.quoted(dialect.rawValue)) comes below it: its topics are "
            + "\(SettingFault.few(profile.topics)); correct the filter, or the topics\(place)"
        entry.fault(at: entry.mark(of: "filter"), key: "filter", message, weight: .warning)
    }

    /// A profile of the site to which nobody listens. What is heard over Bluetooth needs no route, and a copy of a shipped one may lie ready.
    func warnOfUnheard(_ profiles: [Profile], _ brokers: [Broker]) {
        let heard = Set(brokers.flatMap(\.routes).map(\.dialect))
        let shipped = Set(ShippedProfiles.all.map(\.dialect))
        for profile in profiles
        where heard.isDisjoint(with: profile.names) && !profile.filters.isEmpty && !shipped.contains(profile.dialect) {
            let route = "{filter: \(profile.filters.first ?? "#"), dialect: \(profile.dialect)}"
            let message = "no broker listens to it, so nobody hears its devices; write \(route) among the topics of a broker"
            faults.add(SettingFault(.warning, mark: profile.marks[profile.dialect], path: "dialect", message: message))
        }
    }
}
