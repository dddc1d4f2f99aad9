extension Observation {
    /// A press of a button as its owner means it. What is only let go was pressed before.
    public func meant(by device: Device) -> Observation {
        guard let meaning = device.button, kind == .button, case .text(let press) = value, !press.hasSuffix("release") else {
            return self
        }
        var meant = self
        meant.kind = meaning
        meant.value = .bool(true)
        return meant
    }
}
