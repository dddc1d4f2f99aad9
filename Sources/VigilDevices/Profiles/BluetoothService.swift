/// A GATT service that a profile reads; UUIDs as topics name them (`BluetoothFrame`).
public struct BluetoothService: Hashable, Sendable {
    public let uuid: String
    /// At least one.
    public var characteristics: [String]
}

extension Profile {
    /// What a device that the registry ties to it is connected to for; empty where there is nothing.
    public var services: [BluetoothService] {
        var services: [BluetoothService] = []
        for message in messages {
            guard case .characteristic(let uuid, of: let service?)? = message.bluetooth?.place else { continue }
            let index = services.firstIndex { $0.uuid == service.description } ?? services.endIndex
            if index == services.endIndex { services.append(BluetoothService(uuid: service.description, characteristics: [])) }
            if !services[index].characteristics.contains(uuid.description) { services[index].characteristics.append(uuid.description) }
        }
        return services
    }
}
