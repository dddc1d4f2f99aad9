/// What the engine wants done or known. Values: the shell performs them after the commit.
public enum Effect: Hashable, Sendable {
    /// A detector spoke.
    case finding(Finding)
    /// An alert is now as given; the entry says what happened to it.
    case alert(Alert, TimelineEntry)
    /// A delivery is now as given. In state `sending` it goes to its channel's worker after the commit.
    case delivery(Delivery)
    /// A standing order is now as given: placed, or over.
    case order(StandingOrder)
    /// A device was shown to call for help.
    case tested(DeviceTest)
    /// What a device says of its battery, once a day.
    case battery(BatteryReading)
    /// Somebody saw or spoke to a resident.
    case visited(Visit)
    /// Tell the device that its message is stored.
    case receipt(Receipt)
    /// The answer to a command.
    case reply(CommandReply)
    /// The first message that a device's key opened: whatever becomes of the key, a recovery must know that there was one.
    case opened(DeviceAddress)
    /// A frame that could not be understood.
    case undecodable(DeviceAddress?, DecodeFailure)
    /// A part of an understood frame that was left out.
    case fault(DeviceAddress, String)
    /// A frame that tells of what happened long before it arrived.
    case late(DeviceAddress, happenedAt: EngineTime)
    /// A device that the registry does not know.
    ///
    /// - Parameter speaksForOthers: its message told of other devices alone: it is a gateway or receiver.
    case unclaimed(DeviceAddress, speaksForOthers: Bool = false)
    /// Something was announced, or is not any more, of a device that the registry does not know.
    case announcement(AnnouncementChange)
}

/// The answer to a command.
public struct CommandReply: Hashable, Codable, Sendable {
    public enum Verdict: Hashable, Codable, Sendable {
        case done
        /// Recorded, in words, and nothing changed but the record.
        case recorded(LocalizedText)
        /// Refused, and why; nothing changed.
        case refused(LocalizedText)
    }

    public var command: CommandID
    public var verdict: Verdict
    /// The standing order that the command placed.
    public var order: OrderID?

    public init(command: CommandID, verdict: Verdict, order: OrderID? = nil) {
        self.command = command
        self.verdict = verdict
        self.order = order
    }
}
