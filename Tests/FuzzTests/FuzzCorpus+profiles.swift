extension FuzzCorpus {
    static let opensleep = FuzzCorpus(
        // LiamSnow/opensleep MQTT.md
        payloads: ["true", "false", "online"], topics: ["opensleep/state/presence/left", "opensleep/state/presence/any"])
}
