/// Devices that the host can connect to, and what they tell it then.
extension VirtualRadio {
    /// A GATT service.
    public struct Service: Sendable {
        public var uuid: String
        public var characteristics: [Characteristic]

        public init(_ uuid: String, _ characteristics: [Characteristic]) {
            self.uuid = uuid
            self.characteristics = characteristics
        }

        /// Heart rate (180D), which notifies its measurement (2A37).
        public static let heartRate = Service("180D", [Characteristic("2A37", [.notify])])
        /// The battery (180F) in percent (2A19).
        public static func battery(_ percent: UInt8) -> Service {
            Service("180F", [Characteristic("2A19", [.read, .notify], [percent])])
        }
    }

    /// A GATT characteristic.
    public struct Characteristic: Sendable {
        public enum Property: String, Sendable {
            case read, write, notify, indicate
        }

        public var uuid: String
        public var properties: [Property]
        public var value: [UInt8]

        public init(_ uuid: String, _ properties: [Property], _ value: [UInt8] = []) {
            self.uuid = uuid
            self.properties = properties
            self.value = value
        }
    }

    /// A device that advertises and waits for a connection; during one it is silent.
    ///
    /// - Parameter data: of its advertisement.
    public func addPeripheral(
        _ address: String, saying data: [UInt8] = [2, 1, 6], services: [Service], isRandomAddress: Bool = true
    ) throws {
        let described = services.map { service in
            let characteristics = service.characteristics.map {
                ["uuid": $0.uuid, "properties": $0.properties.map(\.rawValue), "value": hex($0.value)] as [String: Any]
            }
            return ["uuid": service.uuid, "characteristics": characteristics] as [String: Any]
        }
        try order("peripheral", ["address": address, "data": hex(data), "services": described, "is_random": isRandomAddress])
    }

    /// A peripheral that was stopped advertises again.
    public func resume(_ address: String) throws { try order("resume", ["address": address]) }

    /// What is read there from now on.
    public func set(_ value: [UInt8], of uuid: String, at address: String) throws {
        try order("set", ["address": address, "uuid": uuid, "value": hex(value)])
    }

    /// What was set or written there last, in hexadecimal digits.
    public func value(of uuid: String, at address: String) throws -> String {
        try order("get", ["address": address, "uuid": uuid]).value ?? ""
    }

    /// - Throws: where the host did not subscribe to it.
    public func notify(_ value: [UInt8], of uuid: String, at address: String) throws {
        try order("tell", ["address": address, "uuid": uuid, "value": hex(value)])
    }

    /// Returns when the host has confirmed it.
    ///
    /// - Throws: where the host did not subscribe to it, or does not confirm it.
    public func indicate(_ value: [UInt8], of uuid: String, at address: String) throws {
        try order("tell", ["address": address, "uuid": uuid, "value": hex(value), "is_confirmed": true])
    }

    /// The next connection to the device fails.
    ///
    /// - Parameter status: 0x3E is "connection failed to be established".
    public func refuse(_ address: String, status: UInt8 = 0x3E) throws {
        try order("refuse", ["address": address, "status": Int(status)])
    }

    /// The device ends its connection.
    ///
    /// - Parameter reason: 0x13 is "remote user terminated connection".
    public func disconnect(_ address: String, reason: UInt8 = 0x13) throws {
        try order("disconnect", ["address": address, "reason": Int(reason)])
    }

    /// The device is out of reach: both ends lose the connection.
    public func lose(_ address: String) throws { try order("lose", ["address": address]) }
}
