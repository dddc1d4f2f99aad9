import VigilCore

/// Names that end like an alarm and are none.
extension PlainName {
    /// Words that turn the meaning, wherever they stand before it.
    static let turning = Set(
        words(
            """
            no not non without last previous test simulated fake demo ignore enable enabled disable disabled mute muted set setpoint
            target min max minimum maximum limit threshold predicted forecast expected status
            """))

    /// What falls without anybody hurt.
    private static let otherFalls = Set(
        words(
            """
            rain snow night water free price pressure temperature humidity level voltage power signal speed rate trend tank tree leaf
            barometer value
            """))
    /// Where or whose a fall may be: a bare "falling" is somebody's only beside these.
    private static let places = Set(
        words(
            """
            bathroom bath toilet wc shower bedroom bed kitchen hall hallway corridor living livingroom stairs balcony home flat person
            people elderly mother father grandma grandpa grandmother grandfather
            """))
    /// What leaks or is wet without water on the floor.
    private static let otherLeaks = Set(
        words("soil plant garden lawn pot wood air oil fuel co2 refrigerant pressure current memory light rain"))
    /// What is present without being somebody.
    private static let otherPresences = Set(
        words("phone ble bluetooth beacon tag key car vehicle parking cat dog pet package mail power voltage"))
    /// The chip's, a lamp's, and what is calculated.
    private static let otherTemperatures = Set(
        words("esp esp32 esp8266 cpu chip core internal mcu board soc device color colour dew apparent feels felt"))

    /// - Parameters:
    ///   - bare: the only word of the name that means something, where it is one.
    ///   - others: what stands before it.
    ///   - ownName: the device's; a rain gauge's `fall` is rain.
    static func isOther(_ meaning: Meaning, isBare bare: String?, _ others: [String], _ ownName: [String]) -> Bool {
        let isSomewhere = others.allSatisfy { places.contains($0) || fillers.contains($0) || ownName.contains($0) }
        return switch meaning {
        case .flag(.fall):
            others.contains(where: otherFalls.contains) || ownName.contains(where: otherFalls.contains) || (bare != nil && !isSomewhere)
        // A hearth, a sign and a light have their fire and emergency, too.
        case .flag(.smoke): bare == "fire" && !others.allSatisfy { fillers.contains($0) || ownName.contains($0) }
        case .flag(.sos): (bare == "help" || bare == "emergency") && !isSomewhere
        case .flag(.water_leak): others.contains(where: otherLeaks.contains)
        case .flag(.presence): others.contains(where: otherPresences.contains)
        case .measure(.temperature_c): others.contains(where: otherTemperatures.contains)
        default: false
        }
    }

    /// Of what falls and leaks without anybody hurt.
    static func isOthers(_ word: String) -> Bool { otherFalls.contains(word) || otherLeaks.contains(word) }
}
