import Foundation

/// One home and the names of everything in it, by its number from 1.
struct Household {
    /// Names have four digits.
    static let maximum = 9999

    let number: Int

    var band: String { "band-\(suffix)" }

    /// The friendly name of a Zigbee device.
    func name(of sensor: ZigbeeSensor) -> String { "\(sensor.rawValue)-\(suffix)" }

    /// The inverse of `band`.
    static func wearing(band: Substring) -> Household? {
        guard band.hasPrefix("band-"), let number = Int(band.dropFirst(5)), (1...maximum).contains(number) else { return nil }
        return Household(number: number)
    }

    private var suffix: String { String(format: "%04d", number) }
}
