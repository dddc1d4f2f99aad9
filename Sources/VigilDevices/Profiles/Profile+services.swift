public import VigilCore

extension Profile {
    /// What a device that the registry ties to it is connected to for; empty where there is nothing.
    public var services: [BluetoothService] {
        var services: [BluetoothService] = []
        for message in messages {
            guard case .characteristic(let uuid, of: let service?)? = message.bluetooth?.place else { continue }
            let index = services.firstIndex { $0.uuid == service } ?? services.endIndex
            if index == services.endIndex { services.append(BluetoothService(uuid: service, characteristics: [])) }
            if !services[index].characteristics.contains(uuid) { services[index].characteristics.append(uuid) }
        }
        return services
    }
}
