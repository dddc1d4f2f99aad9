import VigilCore

/// Commands in the order in which they were given, one at a time, and only when the controller takes one.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, section 4.4: a controller takes one after its reset, then as many as it says.
struct CommandQueue {
    /// A controller answers within milliseconds; after so long it is gone.
    static let patience = Milliseconds.seconds(3)

    /// Far more than setting up takes: only a controller or a device that runs mad brings about more.
    private static let mostWaiting = 64

    private var waiting: [HCICommand] = []
    private var unanswered: HCICommand?
    private var credits = 1
    /// Since when the first of all is sent and not answered, or may not be sent.
    private var since: BootTime?

    mutating func add(_ command: HCICommand, at time: BootTime) {
        guard waiting.count < Self.mostWaiting else { return }
        waiting.append(command)
        if since == nil { since = time }
    }

    /// The next one to be sent.
    mutating func next(at time: BootTime) -> HCICommand? {
        guard unanswered == nil, credits > 0, !waiting.isEmpty else { return nil }
        let command = waiting.removeFirst()
        unanswered = command
        since = time
        credits -= 1
        return command
    }

    /// Takes an answer in.
    ///
    /// - Returns: the command that it answers; nil for one to nothing that was asked, which only says what the controller takes.
    mutating func answered(_ opcode: UInt16, credits: Int, at time: BootTime) -> HCICommand? {
        self.credits = credits
        guard let command = unanswered, command.opcode.rawValue == opcode else { return nil }
        unanswered = nil
        since = waiting.isEmpty ? nil : time
        return command
    }

    /// When the controller counts as gone.
    var deadline: BootTime? { since.map { $0 + Self.patience } }

    /// What it did not answer, or did not take, by its deadline.
    func overdue(at time: BootTime) -> HCICommand? {
        guard let deadline, deadline <= time else { return nil }
        return unanswered ?? waiting.first
    }
}
