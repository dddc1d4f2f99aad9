public import VigilCore

/// What a publisher tells its owner, in order, from its own thread.
public enum PublisherEvent: Sendable {
    /// The broker answers, and the control topics are subscribed.
    case connected
    /// The connection is gone; a new one is being tried. Words for people.
    case disconnected(reason: String)
    /// A message on a control topic.
    case message(Frame)
}
