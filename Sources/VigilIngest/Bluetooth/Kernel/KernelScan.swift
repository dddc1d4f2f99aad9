import VigilCore

/// Keeps the kernel's adapter scanning: commands out, their answers and what others send in. Pure.
///
/// The kernel stops the scan for each connection that it opens and forgets ours afterwards, and other programs stop it as they like. So the
/// commands of others are overheard, and the scan is begun anew soon after one that touches it. While the kernel looks for a device that it
/// is to connect, it filters for that one alone; our scan takes its place, hears everybody, and the kernel connects all the same.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, sections 6.27, 7.4.2, 7.8.10, 7.8.11, 7.8.64, 7.8.65; Linux 6.1,
// net/bluetooth/hci_sync.c (hci_update_passive_scan_sync) and hci_event.c (check_pending_le_conn).
struct KernelScan {
    enum Effect: Hashable {
        case send(HCICommand)
        /// It scans, for the first time or anew as it was asked to.
        case ready
        case failed(String)
    }

    private static let touchingScan: Set<HCICommand.Opcode> = [
        .setScanParameters, .setScanEnable, .setExtendedScanParameters, .setExtendedScanEnable,
    ]
    private static let connecting: Set<HCICommand.Opcode> = [.createConnection, .createExtendedConnection]

    private enum Step: Hashable {
        case asking, stopping, setting, starting, scanning, paused
    }

    /// A controller answers within a second or is broken.
    private static let answerTimeout = Milliseconds.seconds(2)
    /// Others send their commands in rows.
    private static let restartAfter = Milliseconds(300)
    private static let retryAfter = Milliseconds.seconds(1)
    private static let mostRefusals = 10
    /// While a connection is being made many controllers allow no scan; the kernel gives one up after some seconds.
    private static let connectionTime = Milliseconds.seconds(5)

    private let name: String
    private let isActive: Bool
    private var step = Step.paused
    private var isExtended = false
    private var awaited: HCICommand.Opcode?
    private var answerBy: BootTime?
    private var restartAt: BootTime?
    private var connectingUntil: BootTime?
    private var refusals = 0
    /// `.ready` is owed.
    private var isAwaited = true

    /// - Parameters:
    ///   - name: of the adapter, for people.
    ///   - isActive: asks for scan responses.
    init(name: String, isActive: Bool) {
        self.name = name
        self.isActive = isActive
    }

    var deadline: BootTime? {
        let restart = restartAt.map { max($0, connectingUntil ?? $0) }
        guard let answerBy, let restart else { return answerBy ?? restart }
        return min(answerBy, restart)
    }

    mutating func start(at time: BootTime) -> [Effect] { ask(.asking, HCICommand(.readSupportedCommands), at: time) }

    /// Begins the scan anew; `.ready` tells that it stands.
    mutating func restart(at time: BootTime) {
        isAwaited = true
        if step == .scanning || step == .paused { restartAt = time }
    }

    /// - Parameter status: of Command Complete or Command Status.
    mutating func answered(_ opcode: UInt16, _ status: HCIStatus, _ answer: ArraySlice<UInt8>, at time: BootTime) -> [Effect] {
        guard opcode == awaited?.rawValue else { return [] }
        awaited = nil
        answerBy = nil
        switch step {
        case .asking:
            isExtended = status == .success && Self.hasExtendedScan(answer)
            return stop(at: time)
        // It is refused where nothing was going on.
        case .stopping: return set(at: time)
        case .setting: return status == .success ? begin(at: time) : refused("the parameters of the scan", status, at: time)
        case .starting: return status == .success ? scanning() : refused("the scan", status, at: time)
        case .scanning, .paused: return []
        }
    }

    /// A command that somebody else gave to the adapter.
    mutating func overheard(_ opcode: UInt16, at time: BootTime) {
        guard let opcode = HCICommand.Opcode(rawValue: opcode) else { return }
        if Self.connecting.contains(opcode) { connectingUntil = time + Self.connectionTime }
        // While we set it up ours comes after it.
        if step == .scanning, Self.touchingScan.contains(opcode) { restartAt = time + Self.restartAfter }
    }

    /// A connection was made, could not be made, or was given up.
    mutating func connectionSettled(at time: BootTime) {
        connectingUntil = nil
        if step == .scanning { restartAt = time + Self.restartAfter }
    }

    mutating func advance(to time: BootTime) -> [Effect] {
        if let answerBy, answerBy <= time {
            self.answerBy = nil
            return [.failed("\(name) does not answer commands: unplug it and plug it in again, or restart the box")]
        }
        guard let restartAt, max(restartAt, connectingUntil ?? restartAt) <= time else { return [] }
        self.restartAt = nil
        connectingUntil = nil
        return stop(at: time)
    }

    // MARK: Steps

    private mutating func ask(_ step: Step, _ command: HCICommand, at time: BootTime) -> [Effect] {
        self.step = step
        awaited = command.opcode
        answerBy = time + Self.answerTimeout
        return [.send(command)]
    }

    private mutating func stop(at time: BootTime) -> [Effect] {
        ask(.stopping, .setScanEnable(false, isExtended: isExtended), at: time)
    }

    private mutating func set(at time: BootTime) -> [Effect] {
        ask(.setting, .setScanParameters(isActive: isActive, isExtended: isExtended, usesRandomAddress: false), at: time)
    }

    private mutating func begin(at time: BootTime) -> [Effect] {
        ask(.starting, .setScanEnable(true, isExtended: isExtended), at: time)
    }

    private mutating func scanning() -> [Effect] {
        step = .scanning
        refusals = 0
        defer { isAwaited = false }
        return isAwaited ? [.ready] : []
    }

    private mutating func refused(_ what: String, _ status: HCIStatus, at time: BootTime) -> [Effect] {
        step = .paused
        refusals += 1
        guard refusals < Self.mostRefusals else { return [.failed("\(name) refuses \(what): \(status)")] }
        restartAt = time + Self.retryAfter
        return []
    }

    /// Octet 37, bits 5 and 6: LE Set Extended Scan Parameters and Enable. The kernel uses them where both are there, and a controller
    /// that got one of them refuses the old commands.
    private static func hasExtendedScan(_ answer: ArraySlice<UInt8>) -> Bool {
        answer.dropFirst(37).first.map { $0 & 0x60 == 0x60 } ?? false
    }
}
