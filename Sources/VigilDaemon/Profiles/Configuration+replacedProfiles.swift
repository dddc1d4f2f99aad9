public import VigilCore
import VigilDevices

extension Configuration {
    /// The site's profiles that stand in for one that is built in, and where they say so.
    public var replacedProfiles: [(dialect: Dialect, mark: Setting.Mark?)] {
        let shipped = Set(ShippedProfiles.all.flatMap(\.names))
        return profiles.flatMap { profile in
            profile.names.filter(shipped.contains).map { (dialect: $0, mark: profile.marks[$0]) }
        }
    }
}
