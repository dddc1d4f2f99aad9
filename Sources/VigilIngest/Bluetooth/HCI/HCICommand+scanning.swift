extension HCICommand {
    // Units of 0.625 ms: 90 of every 100 ms. What is left lets a controller serve its connections, which many do not while they listen
    // without a pause.
    private static let scanInterval: UInt16 = 0xA0
    private static let scanWindow: UInt16 = 0x90
    /// All that is said, by everybody.
    private static let acceptsAll: UInt8 = 0
    private static let oneMegabit: UInt8 = 1 << 0

    /// How to listen.
    ///
    /// - Parameters:
    ///   - isActive: asks whoever can be asked for its scan response: it costs both sides power.
    ///   - isExtended: by the commands for extended advertising. A controller takes the old ones or these, never both
    ///     (volume 4, part E, section 3.1.1).
    static func setScanParameters(isActive: Bool, isExtended: Bool, usesRandomAddress: Bool) -> HCICommand {
        let kind: UInt8 = isActive ? 1 : 0
        let own: UInt8 = usesRandomAddress ? 1 : 0
        let times = word(scanInterval) + word(scanWindow)
        return isExtended
            ? HCICommand(.setExtendedScanParameters, [own, acceptsAll, oneMegabit, kind] + times)
            : HCICommand(.setScanParameters, [kind] + times + [own, acceptsAll])
    }

    /// Duplicates are not filtered: many controllers know only by the address what they told already, and swallow what changed.
    static func setScanEnable(_ isOn: Bool, isExtended: Bool) -> HCICommand {
        let enable: UInt8 = isOn ? 1 : 0
        // Without an end and without pauses.
        return isExtended ? HCICommand(.setExtendedScanEnable, [enable, 0, 0, 0, 0, 0]) : HCICommand(.setScanEnable, [enable, 0])
    }
}
