import VigilCore

/// An entry as it stands there, its abbreviations spelled out and its topics whole.
struct DiscoveryEntry {
    /// What it says of the device behind it.
    struct Device {
        var identifier: String?
        var name: String?
        var manufacturer: String?
        var model: String?
        /// The software of the device, or of the bridge that speaks for it.
        var software: String?
    }

    static let mostReadings = 16

    let device: Device
    /// The program that wrote the entry.
    let origin: String?
    let readings: [Announcement.Reading]

    init(_ root: JSONNode, on topic: DiscoveryTopic) {
        device = Device(root.member("device") ?? root.member("dev"))
        let origin = root.member("origin") ?? root.member("o")
        self.origin = origin?.member("name")?.word
        var readings: [Announcement.Reading] = []
        if let component = topic.component {
            if let reading = DiscoveryReading(root, of: component, in: root).reading { readings.append(reading) }
        } else if let components = root.member("components") ?? root.member("cmps") {
            for (_, node) in components.members where readings.count < Self.mostReadings {
                guard let component = (node.member("platform") ?? node.member("p"))?.word else { continue }
                if let reading = DiscoveryReading(node, of: component, in: root).reading { readings.append(reading) }
            }
        }
        self.readings = readings
    }
}

extension DiscoveryEntry.Device {
    // Source: abbreviations.py DEVICE_ABBREVIATIONS.
    init(_ node: JSONNode?) {
        guard let node else { return }
        let identifiers = node.member("identifiers") ?? node.member("ids")
        // One text, or a list; connections are pairs of a kind and a name.
        identifier =
            identifiers?.word ?? identifiers?.elements.lazy.compactMap(\.word).first
            ?? (node.member("connections") ?? node.member("cns"))?.elements.lazy.compactMap { $0.elements.compactMap(\.word).last }
            .first
        name = node.member("name")?.word
        manufacturer = (node.member("manufacturer") ?? node.member("mf"))?.word
        model = (node.member("model") ?? node.member("mdl"))?.word
        software = (node.member("sw_version") ?? node.member("sw"))?.word
    }
}

extension JSONNode {
    /// A text that may be shown and kept: short, and without anything that a terminal would obey.
    var word: String? {
        guard let text, !text.isEmpty, text.count <= 128, text.isPlain else { return nil }
        return text.string
    }
}
