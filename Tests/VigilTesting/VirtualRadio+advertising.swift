/// What devices say to everybody, and whether the host listens.
extension VirtualRadio {
    /// One advertisement of one device.
    public struct Broadcast: Sendable {
        public var address: String
        /// AD structures, or what pretends to be some.
        public var data: [UInt8]
        public var isRandomAddress = true
        public var isConnectable = false
        /// By extended advertising, which a controller without it does not hear.
        public var isExtended = false
        public var signalStrength = -60
        /// The length that the report gives the data, where it lies.
        public var claimedLength: Int?
        /// What the device answers to a host that scans actively.
        public var response: [UInt8]?

        public init(_ address: String, _ data: [UInt8]) {
            self.address = address
            self.data = data
        }

        fileprivate var details: [String: Any] {
            var details: [String: Any] = [
                "address": address, "data": hex(data), "is_random": isRandomAddress, "is_connectable": isConnectable,
                "is_extended": isExtended, "rssi": signalStrength,
            ]
            details["claimed"] = claimedLength
            details["response"] = response.map(hex)
            return details
        }
    }

    /// What may hold of the host.
    public enum State: Sendable {
        /// It has opened the port; of a serial port nobody knows.
        case attached
        case scanning
        /// It waits for a device that it wants to connect to.
        case connecting
        case connected(to: String)
        /// It asked for notifications or indications.
        case subscribed(to: String, uuid: String)

        fileprivate var details: [String: Any] {
            switch self {
            case .attached, .scanning, .connecting: ["state": "\(self)"]
            case .connected(let address): ["state": "connected", "address": address]
            case .subscribed(let address, let uuid): ["state": "subscribed", "address": address, "uuid": uuid]
            }
        }
    }

    /// Waits until the state holds, or does not.
    public func wait(until state: State, holds: Bool = true) throws {
        try order("wait", state.details.merging(["holds": holds]) { $1 })
    }

    /// One advertisement, now.
    ///
    /// - Throws: where nobody scans. A controller that is deaf or frozen swallows it.
    public func inject(_ broadcast: Broadcast) throws { try order("inject", broadcast.details) }

    /// One advertisement of a device with a random address, now.
    public func inject(_ address: String, _ data: [UInt8]) throws { try inject(Broadcast(address, data)) }

    /// The same advertisement from now on, until `stop`; another one of the device before it ends.
    public func advertise(_ broadcast: Broadcast, everyMilliseconds interval: Int) throws {
        try order("advertise", broadcast.details.merging(["interval_ms": interval]) { $1 })
    }

    /// The device falls silent; its connection stands.
    public func stop(_ address: String) throws { try order("stop", ["address": address]) }

    /// So many devices advertise, `D0:00:00:00:00:00` and on, each once in every round; returns when all rounds are over.
    ///
    /// - Parameter data: followed by one byte, the number of the round.
    public func fleet(of count: Int, rounds: Int, everyMilliseconds interval: Int, saying data: [UInt8]) throws {
        try order("fleet", ["count": count, "rounds": rounds, "interval_ms": interval, "data": hex(data)])
    }
}

/// Two digits for each byte.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
