import VigilCore

/// What the channels of a simulated life have said of themselves.
struct SimulatorReturns {
    /// Since when a red call could have been tried on a channel and none was.
    var idleSince: [ChannelID: EngineTime] = [:]
    /// When each channel last answered for good.
    var answeredAt: [ChannelID: EngineTime] = [:]
    /// When each red message was last tried, and when that failed.
    var triedAt: [DeliveryID: EngineTime] = [:]
    var failedAt: [DeliveryID: EngineTime] = [:]
    /// Until when a provider asked not to be asked again.
    var patientUntil: [DeliveryID: EngineTime] = [:]
}
