import VigilCore

/// A service that the gateway listens to, and what of it.
struct WantedService: Hashable, Sendable {
    enum Purpose: Hashable, Sendable {
        /// It measures all the time: a band's pulse.
        case stream
        /// It measures when somebody uses it, advertises for a short time then, and goes: a cuff.
        case occasion
        /// Told beside what is measured; no reason to connect.
        case beside
    }

    let uuid: BluetoothUUID
    let characteristics: [BluetoothUUID]
    let purpose: Purpose

    /// The services of the Bluetooth SIG, what matters most first: some devices stay for seconds.
    // Source: Bluetooth SIG Assigned Numbers, sections 3.4 and 3.8; Heart Rate Service 1.0, Pulse Oximeter Service 1.0, Health Thermometer
    // Service 1.0, Blood Pressure Service 1.1, Battery Service 1.1, Device Information Service 1.2.
    static let standard = [
        // Blood Pressure Measurement.
        WantedService(0x1810, [0x2A35], .occasion),
        // Temperature Measurement.
        WantedService(0x1809, [0x2A1C], .occasion),
        // PLX Spot-Check Measurement, PLX Continuous Measurement.
        WantedService(0x1822, [0x2A5E, 0x2A5F], .stream),
        // Heart Rate Measurement.
        WantedService(0x180D, [0x2A37], .stream),
        // Battery Level.
        WantedService(0x180F, [0x2A19], .beside),
        // Manufacturer Name, Model Number, Firmware Revision; serial numbers are nobody's business here.
        WantedService(0x180A, [0x2A29, 0x2A24, 0x2A26], .beside),
    ]

    /// One that a device's profile names.
    static func vendor(_ service: BluetoothService) -> WantedService {
        WantedService(uuid: service.uuid, characteristics: service.characteristics, purpose: .stream)
    }

    private init(_ service: UInt32, _ characteristics: [UInt32], _ purpose: Purpose) {
        self.init(uuid: BluetoothUUID(service), characteristics: characteristics.map { BluetoothUUID($0) }, purpose: purpose)
    }

    private init(uuid: BluetoothUUID, characteristics: [BluetoothUUID], purpose: Purpose) {
        self.uuid = uuid
        self.characteristics = characteristics
        self.purpose = purpose
    }

    /// What is told beside measurements.
    static func isBeside(_ characteristic: BluetoothUUID) -> Bool {
        standard.contains { $0.purpose == .beside && $0.characteristics.contains(characteristic) }
    }

    func wants(_ characteristic: BluetoothUUID) -> Bool { characteristics.contains(characteristic) }
}
