/// Where faults are gathered, so that one pass reports all of them.
public final class FaultList {
    /// In the order in which they were found.
    public private(set) var faults: [SettingFault] = []
    private var paths: Set<String> = []

    public init() {}

    public func add(_ fault: SettingFault) {
        faults.append(fault)
        paths.insert(fault.path)
    }

    /// Takes a fault back for which another one names the cause.
    func withdraw(_ fault: SettingFault) { faults.removeAll { $0 == fault } }

    /// What is wrong, each once, in the order of the files.
    public var errors: [SettingFault] { sorted(\.isError) }
    /// What is valid but dangerous, each once, in the order of the files.
    public var warnings: [SettingFault] { sorted { !$0.isError } }

    /// Whether a fault stands at a path: what is faulty is not called missing as well.
    public func names(_ path: String) -> Bool { paths.contains(path) }

    public var hasErrors: Bool { faults.contains(where: \.isError) }

    /// Whether the daemon refuses to start.
    public var preventsStart: Bool { faults.contains { $0.weight == .error } }

    private func sorted(_ isMeant: (SettingFault) -> Bool) -> [SettingFault] { Set(faults.filter(isMeant)).sorted() }
}
