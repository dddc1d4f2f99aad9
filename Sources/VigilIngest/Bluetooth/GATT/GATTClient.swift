import VigilCore

/// The client's side of one ATT channel: finds the wanted services, subscribes what can be subscribed, reads once what can only be read, and
/// hears from then on. Pure: PDUs and time in, actions out.
///
/// A peer may lie about everything. Discovery goes upwards only, so handles that go back or leave their range end it with what came before;
/// steps, time and memory are bounded. What a bonded device sends before its characteristics are found is kept, and told when they are.
///
/// An indication is confirmed by `confirm`, when what it said is stored: a cuff deletes its measurement then.
// Source: Bluetooth Core Specification 5.4, volume 3, part F (ATT) and part G, section 4 (procedures).
struct GATTClient {
    enum Action: Hashable, Sendable {
        case send([UInt8])
        case value(BluetoothUUID, [UInt8])
        case subscribed(BluetoothUUID)
        /// Everything is set up; false where nothing more will come.
        case finished(listens: Bool)
        /// The channel is of no use any more: close it.
        case failed(GATTFailure)
    }

    enum Step {
        case exchangingMTU
        case findingServices(from: UInt16)
        case findingCharacteristics(FoundService, from: UInt16, [Declaration])
        case findingConfiguration(GATTCharacteristic, from: UInt16)
        case subscribing(GATTCharacteristic)
        case reading(GATTCharacteristic, [UInt8])
        case listening
        case ended
    }

    struct FoundService {
        let first: UInt16
        let last: UInt16
        let wanted: WantedService
    }

    struct Declaration {
        let handle: UInt16
        let properties: GATTCharacteristic.Properties
        let value: UInt16
        let uuid: BluetoothUUID
    }

    /// What this side can receive: the longest PDU that fits one packet of LE Data Length Extension (251 bytes with the L2CAP header).
    static let receivedMTU: UInt16 = 247
    // Part F, section 3.2.8 (for LE: part G, section 5.2.1).
    private static let smallestMTU: UInt16 = 23
    // Part F, section 3.2.9.
    static let longestValue = 512
    // Part F, section 3.3.3.
    static let transactionTimeout = Milliseconds.seconds(30)
    /// A device that takes longer blocks a connection that others wait for.
    static let setUpTimeout = Milliseconds.seconds(60)
    /// More services, characteristics or values that came early than any device has.
    static let mostFound = 64

    let wanted: [WantedService]
    private let setUpBy: BootTime
    private var answerBy: BootTime?
    private(set) var mtu = Self.smallestMTU
    var step = Step.exchangingMTU
    var services: [FoundService] = []
    var toSubscribe: [GATTCharacteristic] = []
    var toRead: [GATTCharacteristic] = []
    private var names: [UInt16: BluetoothUUID] = [:]
    private var early: [(handle: UInt16, value: [UInt8])] = []
    private(set) var owesConfirmation = false
    private var subscribed = 0
    private var hasRead = false
    /// The first refusal that did not end everything.
    private var complaint: String?

    init(wanted: [WantedService], at time: BootTime) {
        self.wanted = wanted
        setUpBy = time + Self.setUpTimeout
    }

    /// When `advance` has something to say.
    var deadline: BootTime? {
        switch step {
        case .listening, .ended: nil
        default: answerBy.map { min($0, setUpBy) } ?? setUpBy
        }
    }

    /// To be called once, when the channel stands.
    mutating func start(at time: BootTime) -> [Action] {
        var actions: [Action] = []
        ask(.exchangeMTU(Self.receivedMTU), .exchangingMTU, at: time, &actions)
        return actions
    }

    mutating func received(_ pdu: [UInt8], at time: BootTime) -> [Action] {
        var actions: [Action] = []
        if case .ended = step { return actions }
        switch pdu.count > Int(Self.receivedMTU) ? .malformed : ATTIncoming(pdu) {
        case .notification(let handle, let value): hear(handle, value, &actions)
        case .indication(let handle, let value):
            owesConfirmation = true
            hear(handle, value, &actions)
        // Section 3.3: a server that does not know a request says so; there is no server here.
        case .request(let opcode): actions.append(.send(ATTOutgoing.errorResponse(request: opcode, .requestNotSupported).bytes))
        case .ignorable: break
        case .malformed:
            // If it was to be the answer, no other will come.
            guard let asked = opcode(of: step), [asked.rawValue + 1, ATTOpcode.errorResponse.rawValue].contains(pdu.first) else {
                break
            }
            fail(.passing, "the device's answer to \(words(for: step)) is no valid ATT", &actions)
        case let answer: take(answer, at: time, &actions)
        }
        return actions
    }

    mutating func advance(to time: BootTime) -> [Action] {
        var actions: [Action] = []
        guard let deadline, deadline <= time else { return actions }
        if let answerBy, answerBy <= time {
            fail(.passing, "no answer to \(words(for: step)) within 30 s", &actions)
        } else {
            fail(.passing, "the device was not set up within 60 s", &actions)
        }
        return actions
    }

    /// What the last indication said is stored, or nothing can be: the device may go on.
    mutating func confirm() -> [Action] {
        guard owesConfirmation else { return [] }
        owesConfirmation = false
        if case .ended = step { return [] }
        return [.send(ATTOutgoing.confirmation.bytes)]
    }

    // MARK: Answers

    private mutating func take(_ answer: ATTIncoming, at time: BootTime, _ actions: inout [Action]) {
        switch (step, answer) {
        case (_, .error(let request, let error)):
            // A refusal of what was not asked is late or a lie.
            guard request == opcode(of: step)?.rawValue else { return }
            answerBy = nil
            refused(error, at: time, &actions)
        case (.exchangingMTU, .mtu(let theirs)):
            mtu = max(Self.smallestMTU, min(theirs, Self.receivedMTU))
            findServices(from: 1, at: time, &actions)
        case (.findingServices(let from), .services(let found)): take(found, from: from, at: time, &actions)
        case (.findingCharacteristics(let service, let from, let before), .attributes(let found)):
            take(found, of: service, from: from, before, at: time, &actions)
        case (.findingConfiguration(let characteristic, let from), .descriptors(let found)):
            take(found, of: characteristic, from: from, at: time, &actions)
        case (.subscribing(let characteristic), .written):
            subscribed += 1
            actions.append(.subscribed(characteristic.uuid))
            goOn(at: time, &actions)
        case (.reading(let characteristic, let before), .value(let part)) where before.isEmpty,
            (.reading(let characteristic, let before), .part(let part)) where !before.isEmpty:
            take(part, of: characteristic, after: before, at: time, &actions)
        // An answer to something else.
        default: return
        }
    }

    private mutating func take(
        _ part: [UInt8], of characteristic: GATTCharacteristic, after before: [UInt8], at time: BootTime, _ actions: inout [Action]
    ) {
        let value = Array((before + part).prefix(Self.longestValue))
        // Part F, section 3.4.4.4: a part that fills its PDU may not be the last one.
        if part.count >= Int(mtu) - 1, value.count < Self.longestValue {
            let offset = UInt16(clamping: value.count)
            ask(.readBlob(characteristic.handle, offset: offset), .reading(characteristic, value), at: time, &actions)
        } else {
            finishReading(characteristic, value, at: time, &actions)
        }
    }

    private mutating func finishReading(
        _ characteristic: GATTCharacteristic, _ value: [UInt8], at time: BootTime, _ actions: inout [Action]
    ) {
        hasRead = true
        actions.append(.value(characteristic.uuid, value))
        goOn(at: time, &actions)
    }

    private mutating func refused(_ error: ATTError, at time: BootTime, _ actions: inout [Action]) {
        switch step {
        // Part F, section 3.4.2.2: then the MTU stays what it was.
        case .exchangingMTU: findServices(from: 1, at: time, &actions)
        case .findingServices:
            note(error, "the list of services")
            foundServices(at: time, &actions)
        case .findingCharacteristics(let service, _, let declarations):
            note(error, "the characteristics of service \(service.wanted.uuid)")
            foundAll(declarations, of: service, at: time, &actions)
        case .findingConfiguration(let characteristic, _):
            note(error, "the descriptors of characteristic \(characteristic.uuid)")
            readInstead(characteristic)
            goOn(at: time, &actions)
        case .subscribing(let characteristic):
            if refusedUnpaired(characteristic, error, &actions) { return }
            note(error, "subscribing to characteristic \(characteristic.uuid)")
            readInstead(characteristic)
            goOn(at: time, &actions)
        case .reading(let characteristic, let before):
            if refusedUnpaired(characteristic, error, &actions) { return }
            note(error, "reading characteristic \(characteristic.uuid)")
            // A value that is exactly as long as the PDU has no next part, and some devices refuse to say so with an empty one.
            if before.isEmpty { goOn(at: time, &actions) } else { finishReading(characteristic, before, at: time, &actions) }
        case .listening, .ended: break
        }
    }

    /// Returns whether everything ends here. A battery that may not be read does not keep a pulse from being heard.
    private mutating func refusedUnpaired(
        _ characteristic: GATTCharacteristic, _ error: ATTError, _ actions: inout [Action]
    ) -> Bool {
        guard error.asksForPairing, characteristic.purpose != .beside else { return false }
        let why = "the device gives characteristic \(characteristic.uuid) only after pairing (\(error.words))"
        fail(.needsPairing, why, &actions)
        return true
    }

    private mutating func note(_ error: ATTError, _ what: String) {
        // The usual end of a list.
        guard error != .attributeNotFound else { return }
        complaint = complaint ?? "the device refuses \(what): \(error.words)"
    }

    /// What cannot be subscribed is read, where it can be.
    mutating func readInstead(_ characteristic: GATTCharacteristic) {
        if characteristic.properties.contains(.read), !toRead.contains(characteristic) { toRead.append(characteristic) }
    }

    // MARK: Values

    private mutating func hear(_ handle: UInt16, _ value: [UInt8], _ actions: inout [Action]) {
        if let uuid = names[handle] {
            actions.append(.value(uuid, value))
        } else if case .listening = step {
            // A characteristic that nobody wants.
        } else if early.count < Self.mostFound {
            early.append((handle, value))
        }
    }

    /// From now on values of this characteristic are told, also those that came before.
    mutating func name(_ characteristic: GATTCharacteristic, _ actions: inout [Action]) {
        names[characteristic.handle] = characteristic.uuid
        for value in early where value.handle == characteristic.handle { actions.append(.value(characteristic.uuid, value.value)) }
        early.removeAll { $0.handle == characteristic.handle }
    }

    // MARK: Steps

    mutating func ask(_ request: ATTOutgoing, _ next: Step, at time: BootTime, _ actions: inout [Action]) {
        step = next
        answerBy = time + Self.transactionTimeout
        actions.append(.send(request.bytes))
    }

    mutating func finish(_ actions: inout [Action]) {
        early = []
        guard subscribed > 0 || hasRead else {
            fail(.unsuitable, complaint ?? "the device has none of the services that are listened to", &actions)
            return
        }
        step = .listening
        answerBy = nil
        actions.append(.finished(listens: subscribed > 0))
    }

    private mutating func fail(_ kind: GATTFailure.Kind, _ words: String, _ actions: inout [Action]) {
        step = .ended
        answerBy = nil
        actions.append(.failed(GATTFailure(kind: kind, words: words)))
    }

    /// What the device was asked for, which its refusal names.
    private func opcode(of step: Step) -> ATTOpcode? {
        switch step {
        case .exchangingMTU: .exchangeMTURequest
        case .findingServices: .readByGroupTypeRequest
        case .findingCharacteristics: .readByTypeRequest
        case .findingConfiguration: .findInformationRequest
        case .subscribing: .writeRequest
        case .reading(_, let before): before.isEmpty ? .readRequest : .readBlobRequest
        case .listening, .ended: nil
        }
    }

    private func words(for step: Step) -> String {
        switch step {
        case .exchangingMTU: "the exchange of MTUs"
        case .findingServices: "the question for services"
        case .findingCharacteristics(let service, _, _): "the question for the characteristics of service \(service.wanted.uuid)"
        case .findingConfiguration(let characteristic, _): "the question for the descriptors of characteristic \(characteristic.uuid)"
        case .subscribing(let characteristic): "subscribing to characteristic \(characteristic.uuid)"
        case .reading(let characteristic, _): "reading characteristic \(characteristic.uuid)"
        case .listening, .ended: "nothing"
        }
    }
}
