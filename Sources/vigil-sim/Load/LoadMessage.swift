import Foundation

/// The messages of a load run: a motion sensor's state of about 200 bytes with a marker in it.
struct LoadMessage {
    let run: String
    let prefix: String
    let devices: Int

    /// `RUN-00000001`, counted from 1.
    func marker(_ number: Int) -> String { String(format: "\(run)-%08d", number) }

    /// Shape: Koenkk/zigbee-herdsman-converters#4006 (RTCGQ14LM), and the marker. A device's occupancy changes with each of its messages.
    func publication(_ number: Int) -> Publication {
        let index = number - 1
        let occupancy = (index / devices).isMultiple(of: 2)
        let payload = """
            {"battery":100,"detection_interval":2,"illuminance":17,"linkquality":152,"marker":"\(marker(number))",\
            "motion_sensitivity":"high","occupancy":\(occupancy),"power_outage_count":5,"temperature":25,"voltage":3123}
            """
        let name = String(format: "\(prefix)-%04d", index % devices + 1)
        return Publication(topic: ZigbeeNetwork.topic(name), payload: payload, quality: .atLeastOnce)
    }
}
