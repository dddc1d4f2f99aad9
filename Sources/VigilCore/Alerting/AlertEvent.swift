/// What can happen to an alert; `Alert.take` says where it leads.
enum AlertEvent: Sendable {
    /// Nobody cancelled in time.
    case windowOver
    /// It happened again while the resident could still cancel.
    case confirmed(String)
    case cancelled(Actor, String)
    case accepted(Actor, wasAsked: Bool)
    case declined(Actor, wasAsked: Bool)
    case seen(Actor)
    case onTheWay(Actor)
    case onScene(Actor)
    case leaseOver
    /// This is what holds it back from here on; nothing where it may tell people.
    case held([AlertHold])
    case handOverOffered(Actor, to: ContactID)
    case closed(Actor, OutcomeCode, note: String)
    case reviewed(Actor, note: String)
    /// Closed too soon: by a finding inside the window, or by somebody who does not agree.
    ///
    /// - window: how long the resident may cancel; zero for none.
    case reopened(Actor, String, window: Milliseconds)
}
