import VigilCore

/// A way in which devices write what they advertise.
protocol AdvertisementFormat: SendableMetatype {
    /// The parts of an advertisement that are read one by one; the whole unless said.
    static func parts(of data: AdvertisingData) -> [AdvertisingData]

    /// Reads its part of an advertisement; nil where there is none for it.
    static func read(_ data: AdvertisingData, _ report: inout BluetoothReport) throws(DecodeFailure) -> BluetoothReport.Reading?
}

extension AdvertisementFormat {
    static func parts(of data: AdvertisingData) -> [AdvertisingData] { [data] }
}

/// What is understood of advertisements. A new format is a file, and a line here.
enum BluetoothFormats {
    static let advertisements: [any AdvertisementFormat.Type] = [
        BTHome.self,
        MiBeacon.self,
        PolarAdvertisement.self,
        MiBand.self,
        AmazfitScale.self,
        HolyIOTTag.self,
    ]

    /// Whom an advertisement says to be from.
    static func statedAddress(in data: AdvertisingData) -> BluetoothAddress? {
        BTHome.statedAddress(in: data) ?? MiBeacon.statedAddress(in: data)
    }
}
