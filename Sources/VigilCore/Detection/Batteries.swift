/// The batteries of all devices that were ever registered and say how full theirs is.
struct Batteries: Sendable {
    private var trends: [DeviceAddress: BatteryTrend] = [:]
    /// The last samples by the devices' places in the registry. To look into the trends for every report would be a large part of what a
    /// frame costs.
    private var last: [BatterySample?] = []

    subscript(device: DeviceAddress) -> BatteryTrend? { trends[device] }

    /// Takes over what is stored, also of devices that are registered no more: one that comes back has the same battery.
    mutating func restore(_ stored: [DeviceAddress: BatteryTrend], of devices: [DeviceAddress]) {
        trends = stored
        follow(devices)
    }

    /// From now on devices are named by their place in this list.
    mutating func follow(_ devices: [DeviceAddress]) { last = devices.map { trends[$0]?.samples.last } }

    /// Takes what the device at `index` says now. Returns it where it is worth keeping.
    mutating func take(_ percent: Double, of device: DeviceAddress, at index: Int, _ time: EngineTime) -> BatterySample? {
        guard BatteryTrend.isNews(percent, at: time, after: last[index]),
            let sample = trends[device, default: BatteryTrend()].take(percent, at: time)
        else { return nil }
        last[index] = sample
        return sample
    }
}
