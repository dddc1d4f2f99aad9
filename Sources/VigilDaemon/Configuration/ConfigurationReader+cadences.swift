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
}
