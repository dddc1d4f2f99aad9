extension FuzzCorpus {
    static let bluetooth = FuzzCorpus(
        payloads: [
            // BTHome: every kind of object; with a number; encrypted; https://bthome.io/format/
            "01007f0201060e16d2fc400064013202960e21002901", "01007f0a16d2fc443a003a013a03",
            "01007f0816d2fc405303414243",
            "01007f0716d2fc3b023bff01", "01007f1216d2fc41a47266c95f730011223378237214",
            // MiBeacon: plain, with its address, encrypted, of a remote control
            "01007f1516fe955020aa01a3bf2e3b342d580d1004b40095020a10013b", "01007f0d1695fe4030dd032403000101",
            "01007f1a1695fe58598d0a170fc4e044ef547cc27a5c03a1000000790df258",
            "01007f141695fe5040fd0d0101fd0d38c1a4011003060001",
            "01007f181695fe5830b603d28b98c54124f8c3491476757e00000099",
            // Bands, straps, tags
            "01007f0fff6b0072067f443700000033003c0303180d",
            "01007f1bff570102020154ffffffffffffffffffffffffff03fffdff3b61450716e0fe0b000000",
            "010136101642524164c6b545f6f18e0606060100",
            "0101bf02011a1aff4c000215e2c56db5dffb48d2b060d0f5a71096e000640000c5",
            "0101bf1bffffffbeacd3162f5af3ee494799db09756062d0fc005a0005c400",
            // A maker's own, beside a second structure of the same kind; two of one service
            "01007f07ff0b0a0248cd0907ff0b0a0200000d", "01007f0616d2fc4029010616d2fc402101",
            "01007f0616d2fc4029001216d2fc41a47266c95f730011223378237214",
            // Values of characteristics, as services specify them
            "153c00dd034502", "055c00caf35b0061002000", "029d0f00feea070b16081e00", "06b20048006b00ea070b16081e014700", "64",
        ].map(bytes),
        topics: [
            "ble/A4:C1:38:8D:18:B2/advertisement", "ble/C6:B5:45:F6:F1:8E/advertisement", "ble/6A:6B:C9:A2:3E:43/advertisement",
            "ble/F8:24:41:C5:98:8B/advertisement", "ble/A4:C1:38:8D:18:B2/2a37", "ble/A4:C1:38:8D:18:B2/2a5f",
            "ble/A4:C1:38:8D:18:B2/2a5e", "ble/A4:C1:38:8D:18:B2/2a1c", "ble/A4:C1:38:8D:18:B2/2a35", "ble/A4:C1:38:8D:18:B2/2a19",
        ])

    private static func bytes(_ digits: String) -> [UInt8] {
        let values = digits.compactMap(\.hexDigitValue)
        return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
