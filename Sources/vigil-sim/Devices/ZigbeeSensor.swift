/// The Zigbee devices of a home; raw values begin their friendly names.
enum ZigbeeSensor: String, CaseIterable {
    case motion, door, smoke, button
}
