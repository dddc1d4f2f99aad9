/// How strong something was heard.
enum SignalStrength {
    // Source: Bluetooth Core Specification 5.4, volume 4, part E, section 7.7.65.2: 127 stands for "not available".
    private static let unknown: Int8 = 127

    /// In dBm; nil where the controller does not know.
    static func read(_ value: Int8) -> Int? { value == unknown ? nil : Int(value) }
}
