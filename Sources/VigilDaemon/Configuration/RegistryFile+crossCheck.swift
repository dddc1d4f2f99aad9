public import VigilCore

extension RegistryFile {
    /// What registry and configuration promise each other and do not keep.
    ///
    /// `check` and `registry import` refuse the errors; a daemon that finds them in what it has already names them and watches on.
    ///
    /// - Parameters:
    ///   - places: of a registry that was just read, so that faults can name its lines.
    ///   - addressFault: what is wrong with an address in a channel's terms; `ChannelFactory` knows.
    public static func crossCheck(
        registry: Registry, configuration: Configuration, places: [String: Setting.Mark] = [:],
        addressFault: (ChannelID, String) -> String? = { _, _ in nil }
    ) -> FaultList {
        let check = RegistryCrossCheck(registry: registry, configuration: configuration, places: places, faults: FaultList())
        check.checkMethods(addressFault)
        check.checkRecipients()
        check.checkRosters()
        check.checkLastSteps()
        check.checkScopes()
        check.checkDialects()
        return check.faults
    }
}
