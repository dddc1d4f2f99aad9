import VigilCore

/// The host's side of H4 as a machine without a socket: bytes and wishes in, bytes and events out.
///
/// It sets the controller up and scans; while the scan goes on it opens connections, one at a time, and carries their attribute channel. A
/// controller that does not answer, or says nothing but noise, has failed: whoever drives this opens it anew.
struct H4Link {
    enum State: Hashable {
        case closed
        /// Commands are being worked off; `.ready` is told with the last.
        case settingUp
        case running
    }

    /// A packet ends within this time of its beginning: 258 bytes at 9,600 baud take 0.3 s, a network repeats what it lost within a second.
    private static let packetPatience = Milliseconds.seconds(2)
    /// So much noise in a row is no lost byte: the line's ends have lost each other, or it is no controller.
    private static let mostNoise = 4096

    let scansActively: Bool
    /// By which we connect where the controller has no address of its own.
    let randomAddress: BluetoothAddress

    var state = State.closed
    var traits = ControllerTraits()
    var commands = CommandQueue()
    var connections: [H4Connection] = []
    var opening: H4Opening?
    /// Who is to be connected to after that, in order.
    var wanted: [BluetoothPeer] = []
    /// Data packets that the controller takes now.
    var room = 0
    /// The scan waits while a connection is opened: this controller cannot do both at once.
    var isScanPaused = false

    private var framing = H4Framing()
    /// Bytes that were skipped, and told.
    private var noise = 0
    private var packetBeganAt: BootTime?
    private var extended = ExtendedReports()
    private var output: [UInt8] = []
    var events: [BluetoothEvent] = []

    init(scansActively: Bool, randomAddress: BluetoothAddress) {
        self.scansActively = scansActively
        self.randomAddress = randomAddress
    }

    /// When time alone changes something.
    var deadline: BootTime? {
        guard state != .closed else { return nil }
        let ends = connections.compactMap(\.endsBy)
        return ([commands.deadline, opening?.deadline, packetBeganAt.map { $0 + Self.packetPatience }].compactMap { $0 } + ends).min()
    }

    /// What is to be sent, once.
    mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// What happened, once.
    mutating func takeEvents() -> [BluetoothEvent] {
        defer { events = [] }
        return events
    }

    /// Begins to set the controller up; whatever stood before is forgotten.
    mutating func open(at time: BootTime) {
        close()
        beginSetup(at: time)
        pump(at: time)
    }

    /// Forgets everything.
    mutating func close() {
        self = H4Link(scansActively: scansActively, randomAddress: randomAddress)
    }

    /// Takes in what the controller sent.
    mutating func take(_ bytes: ArraySlice<UInt8>, at time: BootTime) {
        guard state != .closed else { return }
        framing.append(bytes)
        work(at: time)
    }

    /// Time has come this far.
    mutating func advance(to time: BootTime) {
        guard state != .closed else { return }
        if let command = commands.overdue(at: time) {
            return fail("the controller does not answer to \(command.opcode.name)")
        }
        if let packetBeganAt, packetBeganAt + Self.packetPatience <= time {
            framing.giveUp()
            self.packetBeganAt = nil
            work(at: time)
        }
        judgeConnections(at: time)
        pump(at: time)
    }

    /// Works off the packets that are whole.
    private mutating func work(at time: BootTime) {
        while state != .closed, let packet = framing.next() {
            packetBeganAt = nil
            switch packet {
            case .event(let code, let parameters):
                if let event = HCIEvent(code: code, parameters: parameters) { take(event, at: time) } else { skip(1) }
            case .data(let header, let piece): take(piece, header: header, at: time)
            }
        }
        if state == .closed { return }
        if !framing.isWithinPacket { packetBeganAt = nil } else if packetBeganAt == nil { packetBeganAt = time }
        skip(framing.skipped &- noise)
        noise = framing.skipped
        if framing.skippedInRow >= Self.mostNoise { startOver("the controller says nothing but noise", at: time) }
        pump(at: time)
    }

    private mutating func take(_ event: HCIEvent, at time: BootTime) {
        switch event {
        case .commandComplete(let opcode, let credits, let answer):
            guard let command = commands.answered(opcode, credits: credits, at: time) else { return }
            var reader = ByteReader(answer)
            guard let status = reader.byte() else { return skip(1) }
            complete(command, HCIStatus(rawValue: status), reader.rest, at: time)
        case .commandStatus(let opcode, let credits, let status):
            guard let command = commands.answered(opcode, credits: credits, at: time) else { return }
            complete(command, status, [], at: time)
        case .connected(let connection): take(connection, at: time)
        case .disconnected(let handle, let reason): end(handle, reason.description)
        case .disconnectRefused(let handle, let status): if status == .unknownConnection { end(handle, status.description) }
        case .completedPackets(let packets): for packet in packets { complete(packet) }
        case .legacyReports(let parameters): report { LegacyReports.read(parameters, $1) }
        case .extendedReports(let parameters): report { $0.read(parameters, $1) }
        case .hardwareError(let code): startOver("the controller reports broken hardware, code \(code)", at: time)
        case .other: break
        }
    }

    private mutating func report(
        _ read: (inout ExtendedReports, (BluetoothAddress, Advertisement) -> Void) -> Int
    ) {
        var heard: [BluetoothEvent] = []
        let misfits = read(&extended) { heard.append(.report($0, $1)) }
        // What is said before the scan was asked for, by the host before us, is not ours.
        if state == .running { events += heard }
        skip(misfits)
    }

    mutating func skip(_ count: Int) { if count > 0 { events.append(.skipped(count)) } }

    /// It cannot be used any more.
    mutating func fail(_ words: String) {
        let told = events
        close()
        events = told + [.failed(words)]
    }

    /// Resets the controller and sets it up anew; where that is being done already it has failed.
    mutating func startOver(_ words: String, at time: BootTime) {
        guard state == .running else { return fail(words) }
        let told =
            events
            + (connections.map(\.peer) + (opening.map { [$0.peer] } ?? []) + wanted).map {
                .closed($0.address, reason: words)
            }
        close()
        events = told
        beginSetup(at: time)
    }

    /// Sends what the controller has room for.
    mutating func pump(at time: BootTime) {
        openNext(at: time)
        while let command = commands.next(at: time) { output += command.bytes }
        for index in connections.indices {
            while room > 0, !connections[index].waiting.isEmpty {
                output += connections[index].waiting.removeFirst()
                connections[index].onTheWay += 1
                room -= 1
            }
        }
    }
}
