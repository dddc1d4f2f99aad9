import VigilCore
public import VigilDevices

/// The profiles of `config/profiles/`, built into the program: they hold on a box without a single file.
enum ShippedProfiles {
    /// A new profile is a file there, and a line here; a test keeps the two equal.
    static let files: [(name: String, bytes: [UInt8])] = [
        ("aliyun-iot.yaml", PackageResources.aliyun_iot_yaml),
        ("aqara-gateway-lan.yaml", PackageResources.aqara_gateway_lan_yaml),
        ("dfrobot-c1001.yaml", PackageResources.dfrobot_c1001_yaml),
        ("emfit-qs.yaml", PackageResources.emfit_qs_yaml),
        ("espresense.yaml", PackageResources.espresense_yaml),
        ("huawei-iotda.yaml", PackageResources.huawei_iotda_yaml),
        ("onenet.yaml", PackageResources.onenet_yaml),
        ("opensleep.yaml", PackageResources.opensleep_yaml),
        ("rtl_433.yaml", PackageResources.rtl_433_yaml),
        ("sleepace.yaml", PackageResources.sleepace_yaml),
        ("theengs.yaml", PackageResources.theengs_yaml),
        ("thingsboard.yaml", PackageResources.thingsboard_yaml),
    ]

    static let all: [Profile] = files.compactMap { name, bytes in
        // A test reads each of them; one that is faulty is not shipped.
        ProfileFile.read(bytes, file: "config/profiles/\(name)", faults: FaultList())
    }
}

extension DecoderRegistry {
    /// Everything that this build understands.
    public static let shipped = DecoderRegistry(profiles: ShippedProfiles.all)

    /// The same, and what a site has written itself.
    ///
    /// - Parameters:
    ///   - profiles: one with the name of a shipped profile replaces it.
    ///   - keys: of Bluetooth devices.
    public static func shipped(and profiles: [Profile], keys: BluetoothKeys = BluetoothKeys()) -> DecoderRegistry {
        profiles.isEmpty && keys.isEmpty ? shipped : DecoderRegistry(profiles: ShippedProfiles.all + profiles, keys: keys)
    }
}
