/// Devices that speak and that the registry does not know: a capped list, so that noise cannot fill the box.
struct UnclaimedDevices: Sendable {
    private static let limit = 1000
    private static let sayAgainAfter = Milliseconds.minutes(10)

    private var lastSaid: [DeviceAddress: EngineTime] = [:]

    /// Whether the sighting is worth telling: the first one, and then one in ten minutes.
    mutating func isNews(_ address: DeviceAddress, at time: EngineTime) -> Bool {
        if let said = lastSaid[address] {
            guard time - said >= Self.sayAgainAfter else { return false }
        } else if lastSaid.count >= Self.limit {
            return false
        }
        lastSaid[address] = time
        return true
    }

    mutating func forget(_ isClaimed: (DeviceAddress) -> Bool) { lastSaid = lastSaid.filter { !isClaimed($0.key) } }
}
