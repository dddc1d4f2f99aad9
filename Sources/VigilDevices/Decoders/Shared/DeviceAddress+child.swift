import VigilCore

extension DeviceAddress {
    private static let longestChildName = 64

    /// A device that another one speaks for, by its name off the wire: `bridge/Kitchen`. Nil where nobody could read the name.
    init?(child name: TextBytes, of owner: String, dialect: Dialect) {
        guard !name.isEmpty, name.count <= Self.longestChildName, name.isPlain else { return nil }
        self.init(dialect: dialect, name: "\(owner)/\(name.string)")
    }
}
