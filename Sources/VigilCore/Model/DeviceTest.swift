/// That a device was shown to call for help when it should; the latest of each device is kept.
///
/// It belongs to the hardware behind an address: what takes its place was never tested.
public struct DeviceTest: Hashable, Codable, Sendable {
    /// What showed it.
    public enum Way: String, CaseIterable, Codable, Sendable {
        /// Pressed while a drill was announced.
        case drill
        /// Somebody closed its alert with the outcome `drill`.
        case outcome
        /// The device said that its own test button was pressed.
        case testButton = "test_button"
    }

    public var device: DeviceAddress
    /// When it happened, as far as the device's clock tells.
    public var testedAt: EngineTime
    public var way: Way

    public init(device: DeviceAddress, testedAt: EngineTime, way: Way) {
        self.device = device
        self.testedAt = testedAt
        self.way = way
    }

    enum CodingKeys: String, CodingKey {
        case device
        case testedAt = "tested_at"
        case way
    }
}
