import VigilCore

extension ConfigurationReader {
    /// How often devices are to be tried out, in the order of their classes.
    func readTestCadences(_ top: inout SettingsReader) -> [TestCadence] {
        guard var reader = top.reader("tests") else { return [] }
        let cadences = LivenessClass.allCases.compactMap { liveness in
            reader.duration(liveness.rawValue, in: .zero...TestCadence.longest).map { TestCadence(liveness, every: $0) }
        }
        reader.finish()
        return cadences
    }

    /// The groups that the registry may put residents into, in the order of the file.
    func readRiskGroups(_ top: inout SettingsReader) -> [RiskGroup] {
        guard var reader = top.reader("visits") else { return [] }
        let groups = reader.reader("groups").map { readGroups($0) } ?? []
        reader.finish()
        return groups
    }

    private func readGroups(_ entry: SettingsReader) -> [RiskGroup] {
        var reader = entry
        // Every key is somebody's own name for a group.
        guard case .map(let entries) = reader.rest().value else { return [] }
        return entries.compactMap { group in
            reader.duration(group.key, in: RiskGroup.range).map { RiskGroup(RiskGroupID(group.key), every: $0) }
        }
    }
}
