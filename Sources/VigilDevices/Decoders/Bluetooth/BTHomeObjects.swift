import VigilCore

/// The objects of one BTHome message.
struct BTHomeObjects {
    private struct Object {
        let id: UInt8
        let value: ArraySlice<UInt8>
    }

    private var objects: [Object] = []
    private var fault: String?

    /// Reads as far as each object's length is known: what follows one that is not cannot be found.
    init(_ bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        while let id = reader.byte() {
            guard let length = BTHomeObject.length(id) else {
                fault = "object \(HexText.text([id])) is not known, and so is where the next one begins"
                return
            }
            guard let value = Self.value(length, &reader) else {
                fault = "object \(HexText.text([id])) is cut off"
                return
            }
            objects.append(Object(id: id, value: value))
        }
    }

    private static func value(_ length: BTHomeObject.Length, _ reader: inout ByteReader) -> ArraySlice<UInt8>? {
        switch length {
        case .fixed(let count): reader.take(count)
        case .counted: reader.byte().flatMap { reader.take(Int($0)) }
        // The upper three bits are not used yet; the operation itself is not counted.
        case .arguments: reader.byte().flatMap { reader.take(1 + Int($0 & 0x1F)) }
        }
    }

    /// The number by which a message is known again.
    var packet: UInt8? { objects.first { $0.id == BTHomeObject.packetID }?.value.first }

    /// - Parameter withEvents: false for a message that was heard: how things stand it may say again.
    func tell(_ facts: inout FactList, withEvents: Bool) {
        tellStates(&facts)
        if withEvents { tellPresses(&facts) }
        if let fault { facts.fault("bthome", fault) }
    }

    /// Of several numbers of one kind the last counts, that they do not take turns; of several flags one that is true.
    private func tellStates(_ facts: inout FactList) {
        var numbers: [(kind: ObservationKind, value: Double)] = []
        var flags: [(kind: ObservationKind, value: Bool)] = []
        for object in objects {
            switch BTHomeObject.meaning(object.id) {
            case .number(let kind, let isSigned, let factor, let divisor):
                let raw = isSigned ? Double(object.value.signedLittleEndian) : Double(object.value.littleEndian)
                numbers.removeAll { $0.kind == kind }
                numbers.append((kind, raw * factor / divisor))
            case .flag(let kind):
                let value = object.value.contains { $0 != 0 }
                if let index = flags.firstIndex(where: { $0.kind == kind }) {
                    flags[index].value = flags[index].value || value
                } else {
                    flags.append((kind, value))
                }
            case .button, .dimmer, .command, .nothing: break
            }
        }
        for (kind, value) in flags { facts.tell(kind, .bool(value)) }
        for (kind, value) in numbers { facts.tell(kind, number: value) }
    }

    /// Presses, in the words that other systems use. Of several buttons each has its object, also while it is not pressed: then its place
    /// stands in front.
    private func tellPresses(_ facts: inout FactList) {
        let buttons = objects.filter { BTHomeObject.meaning($0.id) == .button }
        for (index, button) in buttons.enumerated() {
            let place = buttons.count > 1 ? "\(index + 1)_" : ""
            Self.tell(button.value, BTHomeObject.presses, place, &facts)
        }
        for object in objects {
            switch BTHomeObject.meaning(object.id) {
            case .dimmer: Self.tell(object.value, BTHomeObject.turns, "", &facts)
            case .command: Self.tell(object.value, BTHomeObject.commands, "", &facts)
            case .number, .flag, .button, .nothing: break
            }
        }
    }

    private static func tell(_ value: ArraySlice<UInt8>, _ words: [UInt8: String?], _ place: String, _ facts: inout FactList) {
        guard let code = value.first else { return }
        guard let word = words[code] else { return facts.fault("button", "\(HexText.text([code])) is no press that is known") }
        if let word { facts.tell(.button, .text(place + word), nature: .event) }
    }
}
