import VigilCore
import VigilDevices

/// Devices that are connected to for what a profile reads.
extension RegistryCrossCheck {
    func checkProfiles() {
        for (index, device) in registry.devices.enumerated() {
            guard let profile = device.profile, let words = profileFault(profile, of: device) else { continue }
            fault("devices[\(index)].profile", words)
        }
    }

    /// Why a device cannot be heard by its profile; nil where it can.
    private func profileFault(_ profile: Dialect, of device: Device) -> String? {
        guard device.address.dialect == BluetoothDecoder.dialect else {
            return "ties a Bluetooth device to its maker's services, and this one is heard as "
                + "\(SettingFault.quoted(device.address.dialect.rawValue)); remove it"
        }
        guard BluetoothAddress(device.address.name) != nil else {
            return "a beacon that changes its address cannot be connected to; remove it, or write the device's own address"
        }
        // What is wrong with that file is told where it stands.
        if configuration.faultyDialects.contains(profile) { return nil }
        let name = SettingFault.quoted(profile.rawValue)
        let profiles = configuration.readableProfiles
        guard let services = profiles.services(of: profile) else {
            let known = profiles.filter { !$0.services.isEmpty }.flatMap(\.names).map(\.rawValue)
            let advice = known.isEmpty ? "" : SettingFault.hint(profile.rawValue, among: known)
            return "unknown profile \(name)\(advice); or describe it in the folder profiles, see docs/profiles.md"
        }
        if !services.isEmpty { return nil }
        return
            "the profile \(name) names nothing to connect for; write bluetooth: {service: UUID, characteristic: UUID} in a message of it"
    }
}
