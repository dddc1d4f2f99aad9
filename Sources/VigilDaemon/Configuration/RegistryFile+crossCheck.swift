public import VigilCore

extension RegistryFile {
    /// What registry and configuration promise each other and do not keep.
    ///
    /// `check` and `registry import` refuse the errors; a daemon that finds them in what it has already names them and watches on.
    public static func crossCheck(registry: Registry, configuration: Configuration) -> FaultList {
        let check = RegistryCrossCheck(
            registry: registry, configuration: configuration, places: [:], doubts: RegistryDoubts(registry),
            configurationFaults: FaultPaths(FaultList()))
        return check.run()
    }
}

extension RegistryFile.Loaded {
    /// The same, with what registry and configuration promise each other and do not keep.
    ///
    /// Faulty files are checked as far as they could be read, so that nobody mends one lot of faults and is shown the next.
    ///
    /// - Parameter faults: of the configuration, where it was read in spite of them.
    public func checked(against configuration: Configuration, readDespite faults: FaultList = FaultList()) -> Self {
        guard let readable else { return self }
        let check = RegistryCrossCheck(
            registry: readable, configuration: configuration, places: places,
            doubts: RegistryDoubts(readable, places: places, faults: self.faults), configurationFaults: FaultPaths(faults))
        let all = FaultList()
        for fault in self.faults.faults + check.run().faults { all.add(fault) }
        return Self(registry: all.hasErrors ? nil : registry, faults: all, places: places, readable: readable)
    }
}
