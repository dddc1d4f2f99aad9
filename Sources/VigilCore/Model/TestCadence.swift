/// How often devices of one class are to be tried out.
public struct TestCadence: Hashable, Codable, Sendable {
    public var liveness: LivenessClass
    /// Zero for never: they cannot call for help.
    public var every: Milliseconds

    public init(_ liveness: LivenessClass, every: Milliseconds) {
        self.liveness = liveness
        self.every = every
    }

    /// Longer than anybody waits for a test.
    public static let longest = Milliseconds.hours(366 * 24)
    /// Of a device that was tested and whose class says nothing.
    static let usual = Milliseconds.hours(7 * 24)
}
