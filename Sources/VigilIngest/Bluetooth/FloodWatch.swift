import VigilCore

/// Which floods last, so that each is told once, and once that it is over.
struct FloodWatch {
    /// Under whose name more is advertised than is written down.
    enum Sender: Hashable {
        /// Devices that nobody registered.
        case strangers
        /// A registered one, or whoever forges it.
        case device(BluetoothAddress)
    }

    /// Where nothing was left out for so long the flood is over.
    private static let calm = Milliseconds.minutes(1)

    private var leftOutAt: [Sender: BootTime] = [:]

    /// When one is over, if nothing more is left out.
    var deadline: BootTime? { leftOutAt.values.min().map { $0 + Self.calm } }

    /// Something was left out.
    ///
    /// - Returns: whether a flood begins with it.
    mutating func leftOut(_ sender: Sender, at time: BootTime) -> Bool { leftOutAt.updateValue(time, forKey: sender) == nil }

    /// Whose floods are over, each told once.
    mutating func over(at time: BootTime) -> [Sender] {
        let over = leftOutAt.filter { time - $0.value >= Self.calm }.map(\.key)
        for sender in over { leftOutAt[sender] = nil }
        return over
    }
}

extension FloodWatch.Sender: CustomStringConvertible {
    var description: String {
        switch self {
        case .strangers: "not registered"
        case .device(let address): "\(address)"
        }
    }
}
