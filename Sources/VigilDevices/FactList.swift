import VigilCore

/// Gathers what a frame says: facts with their units, and the parts that were left out.
struct FactList {
    private static let mostFaults = 32
    private static let longestPress = 64

    /// The device that the following facts speak of; nil is the frame's own.
    var device: DeviceAddress?
    /// When the device says that the following facts happened.
    var eventTime: EventTime?
    private(set) var observations: [Observation] = []
    private(set) var leftOut: [Decoded.LeftOut] = []
    /// nil unless somebody asks why.
    var trace: FactTrace?

    init() { observations.reserveCapacity(4) }

    /// Whether nothing was told, or no more than that somebody is alive.
    var tellsNothing: Bool { observations.allSatisfy { $0.kind == .device_alive } }

    /// The facts; a device that says nothing else is at least alive.
    var decoded: Decoded {
        guard observations.isEmpty else { return Decoded(observations, leftOut: leftOut) }
        let alive = Observation(.device_alive, .bool(true), nature: .event, device: device, eventTime: eventTime)
        return Decoded([alive], leftOut: leftOut)
    }

    /// The facts of a frame in which a gateway may speak for others: whoever speaks is alive itself.
    var decodedByGateway: Decoded {
        guard !observations.contains(where: { $0.device == nil }) else { return Decoded(observations, leftOut: leftOut) }
        let alive = Observation(.device_alive, .bool(true), nature: .event, eventTime: eventTime)
        return Decoded(observations + [alive], leftOut: leftOut)
    }

    /// A device that is spoken for and says nothing else is at least alive.
    ///
    /// - Parameter tell: tells the facts of `device`.
    mutating func speak(for device: DeviceAddress, _ tell: (inout FactList) -> Void) {
        let before = observations.count
        self.device = device
        tell(&self)
        if observations.count == before { self.tell(.device_alive, .bool(true), nature: .event) }
        self.device = nil
    }

    mutating func tell(_ kind: ObservationKind, _ value: ObservationValue, nature: Observation.Nature = .level) {
        observations.append(Observation(kind, value, nature: nature, device: device, eventTime: eventTime))
        trace?.told()
    }

    /// Tells a number in the unit of its kind. One that no sensor measures (0 or 255 heart beats) means "not measured".
    mutating func tell(_ kind: ObservationKind, number: Double, nature: Observation.Nature = .level) {
        let isPlausible = kind.plausibleRange.map { $0.contains(number) } ?? number.isFinite
        if isPlausible { tell(kind, .number(number), nature: nature) } else { tellNotMeasured(kind) }
    }

    mutating func tellNotMeasured(_ kind: ObservationKind) { tell(.not_measured, .text(kind.rawValue), nature: .event) }

    /// Tells a blood pressure in mmHg. Returns whether it was measured.
    @discardableResult
    mutating func tellPressure(_ systolic: Double, _ diastolic: Double, nature: Observation.Nature = .level) -> Bool {
        guard let value = ObservationValue(systolic: systolic, diastolic: diastolic) else {
            tellNotMeasured(.blood_pressure_mmhg)
            return false
        }
        tell(.blood_pressure_mmhg, value, nature: nature)
        return true
    }

    /// Tells the number that stands in a field; `name` is the field's, for the fault where it is none.
    mutating func tell(_ kind: ObservationKind, _ value: Scalar?, named name: @autoclosure () -> String, times factor: Double = 1) {
        guard let value, !value.isNoReading else { return }
        guard let number = value.number else { return fault(name(), "not a number") }
        tell(kind, number: number * factor)
    }

    /// Tells the flag that stands in a field; `inverted` where true means that the kind does not hold.
    mutating func tell(flag kind: ObservationKind, _ value: Scalar?, named name: @autoclosure () -> String, inverted: Bool = false) {
        guard let value, !value.isNoReading else { return }
        guard let flag = value.bool else { return fault(name(), "neither true nor false") }
        tell(kind, .bool(flag != inverted))
    }

    /// Tells how a button was pressed, in the system's own word in small letters: `single`, `double`, `hold`.
    mutating func tell(press text: TextBytes) {
        guard !text.isEmpty, text.count <= Self.longestPress, text.isPlain else { return fault("button", "not a word") }
        tell(.button, .text(text.string.lowercased()), nature: .event)
    }

    /// Parts that were left out before anything was read.
    mutating func note(_ leftOut: [Decoded.LeftOut]) { self.leftOut += leftOut.prefix(max(0, Self.mostFaults - self.leftOut.count)) }

    /// A part of `device` that was left out, and why. More than a person would read are not kept.
    mutating func fault(_ name: String, _ reason: String) { fault(name, reason, of: device) }

    /// The same of another device.
    mutating func fault(_ name: String, _ reason: String, of device: DeviceAddress?) {
        if leftOut.count < Self.mostFaults { leftOut.append(Decoded.LeftOut("\(name): \(reason)", of: device)) }
    }
}
