import VigilCore

/// One message on a native topic while it is read: each part is taken for itself, so that a bad one never loses the rest.
struct NativeMessage: Sendable {
    private static let longestWord = 128
    private static let longestBoot = 64
    /// More faults of one message tell nobody anything.
    private static let faultLimit = 16

    private let kinds: KeyTable<ObservationKind>
    private(set) var sequence: NativeSequence
    private var observations: [Observation] = []
    private var faults: [String] = []
    private var faultCount = 0

    init(kinds: KeyTable<ObservationKind>, sequence: NativeSequence) {
        self.kinds = kinds
        self.sequence = sequence
    }

    var decoded: Decoded {
        let rest = faultCount - faults.count
        let told = rest > 0 ? faults + ["and \(rest) more faults"] : faults
        return Decoded(observations, isRepeat: sequence.isRepeat, leftOut: told.map { Decoded.LeftOut($0) })
    }

    /// Takes one observation or an array of them.
    mutating func takeObservations(_ root: JSONNode) throws(DecodeFailure) {
        if root.isObject {
            take(root, place: "")
        } else if root.isArray {
            for (index, element) in root.elements.enumerated() { take(element, place: "[\(index)].") }
        } else {
            throw DecodeFailure(.unknownShape, "an observation is a JSON object, several are an array of them")
        }
    }

    mutating func fault(_ place: String, _ reason: String) {
        faultCount += 1
        if faults.count < Self.faultLimit { faults.append("\(place): \(reason)") }
    }

    /// Takes the sequence mark of a part over. Returns false where the part was heard before.
    mutating func isNews(_ part: JSONNode, place: String) -> Bool {
        let boot = part.member("boot")
        let number = part.member("seq")
        guard boot != nil || number != nil else { return sequence.isNews(nil) }
        guard let text = boot?.text, (1...Self.longestBoot).contains(text.count), text.isPlain, let number = number?.integer,
            number >= 0
        else {
            fault("\(place)seq", "needs a whole number from 0 on and \"boot\", a text of 1 to \(Self.longestBoot) bytes, beside it")
            return sequence.isNews(nil)
        }
        return sequence.isNews(NativeSequence.Mark(boot: text.string, number: number))
    }

    // MARK: One observation

    private mutating func take(_ part: JSONNode, place: String) {
        guard part.isObject else { return fault(String(place.dropLast()), "not a JSON object") }
        guard isNews(part, place: place) else { return }
        guard let name = part.member("kind")?.text, let kind = kinds.entry(of: name) else {
            return fault("\(place)kind", "missing or unknown")
        }
        let eventTime = part.member("ts")?.integer.flatMap { EventTime(wireMilliseconds: $0) }
        if eventTime == nil, let stated = part.member("ts"), !stated.isNull { fault("\(place)ts", "no milliseconds since 1970") }
        guard let value = value(part.member("value"), of: kind, place: place) else { return }
        let (told, nature) = value == .notMeasured ? (ObservationKind.not_measured, .event) : (kind, kind.nativeNature)
        observations.append(Observation(told, value.value(kind), nature: nature, eventTime: eventTime))
    }

    private enum Reading: Equatable {
        case value(ObservationValue)
        case notMeasured

        func value(_ kind: ObservationKind) -> ObservationValue {
            switch self {
            case .value(let value): value
            case .notMeasured: .text(kind.rawValue)
            }
        }
    }

    /// What was stated of a kind; nil where nothing was, or nothing that can be understood.
    private mutating func value(_ node: JSONNode?, of kind: ObservationKind, place: String) -> Reading? {
        switch kind.nativeShape {
        case .flag: return flag(node, of: kind, place: place)
        case .number: return number(node, of: kind, place: place)
        case .word:
            if let text = word(node, place: place) { return .value(.text(text.string)) }
        case .connection:
            guard let text = word(node, place: place) else { return nil }
            if text == "online" || text == "offline" { return .value(.text(text.string)) }
            fault("\(place)value", "neither online nor offline")
        case .bloodPressure:
            guard let text = word(node, place: place) else { return nil }
            return bloodPressure(text, place: place)
        case .kindName:
            guard let text = word(node, place: place) else { return nil }
            if let named = kinds.entry(of: text) { return .value(.text(named.rawValue)) }
            fault("\(place)value", "no kind")
        case .elsewhere: fault("\(place)kind", "samples are sent on the topic acceleration")
        }
        return nil
    }

    private mutating func flag(_ node: JSONNode?, of kind: ObservationKind, place: String) -> Reading? {
        let isEvent = kind.nativeNature == .event
        // An event without a value happened: nobody should wait for help because a word is missing.
        guard let node else {
            if isEvent { return .value(.bool(true)) }
            fault("\(place)value", "missing")
            return nil
        }
        guard !node.isNull else { return nil }
        guard let flag = node.bool else {
            fault("\(place)value", "neither true nor false")
            return nil
        }
        return flag || !isEvent ? .value(.bool(flag)) : nil
    }

    private mutating func number(_ node: JSONNode?, of kind: ObservationKind, place: String) -> Reading? {
        guard let node else {
            fault("\(place)value", "missing")
            return nil
        }
        if node.isNull { return .notMeasured }
        guard let number = node.number else {
            fault("\(place)value", "not a number")
            return nil
        }
        let isPlausible = kind.plausibleRange.map { $0.contains(number) } ?? true
        return isPlausible ? .value(.number(number)) : .notMeasured
    }

    private mutating func word(_ node: JSONNode?, place: String) -> TextBytes? {
        if let text = node?.text, (1...Self.longestWord).contains(text.count), text.isPlain { return text }
        fault("\(place)value", "not a text of 1 to \(Self.longestWord) bytes without control characters")
        return nil
    }

    private mutating func bloodPressure(_ text: TextBytes, place: String) -> Reading? {
        let parts = text.string.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let systolic = parts[0], let diastolic = parts[1] else {
            fault("\(place)value", "not systolic/diastolic, such as 120/80")
            return nil
        }
        return ObservationValue(systolic: Double(systolic), diastolic: Double(diastolic)).map { .value($0) } ?? .notMeasured
    }
}
