import VigilCore

/// Names that mean nothing here and may be an alarm's all the same.
extension PlainName {
    private static let alarming = Set(
        words(
            "alarm alert smoke fire gas co monoxide leak flood fall falling fallen sos panic emergency help nurse apnea apnoea distress"
        ))
    /// What an alarm has beside ringing.
    private static let attributes = Set(
        words(
            """
            battery height count counter sensitivity distance temperature humidity level voltage power time timeout delay duration volume
            light led lamp button clock switch mode range speed angle version signal
            """))
    private static let bedSides = ["left bed", "bed left", "bed exit", "bed empty", "out of bed"]

    /// Whether what stands under a name without a meaning is worth a fault, so that somebody names it better.
    ///
    /// - Parameter setAside: words that say nothing more, such as the device's own name.
    static func mayBeAlarm(_ name: Substring, setAside: Substring = "") -> Bool {
        guard name.utf8.count <= longest else { return false }
        var words = words(name)
        if let last = words.last, isNumber(last) { words.removeLast() }
        guard let last = words.last, !attributes.contains(last), !words.contains(where: turning.contains) else { return false }
        guard !words.contains(where: isOthers), !Self.words(setAside).contains(where: isOthers) else { return false }
        let whole = words.joined(separator: " ")
        return words.contains(where: alarming.contains) || bedSides.contains { whole.hasSuffix($0) }
    }
}

extension FactList {
    /// A flag that holds and whose name means nothing, while it may be an alarm's.
    mutating func noteUnnamed(_ value: Scalar, _ name: Substring, setAside: Substring) {
        guard value.looseBool == true, PlainName(name, setAside: setAside) == nil, PlainName.mayBeAlarm(name, setAside: setAside) else {
            return
        }
        fault(
            String(name).printable, "may be an alarm, and its name does not say of what: name it as the documentation of devices does")
    }
}
