/// What follows from a transition, to be carried out in order by `Alerting`.
enum AlertAction: Hashable, Sendable {
    /// A line of the alert's story.
    case note(TimelineEntry.Event, by: Actor, String)
    /// Whom the policy names next, at once.
    case escalate
    /// Somebody who was asked can't come: the next step, if nobody else is awaited.
    case escalateIfNobodyIsLeft
    /// What is pending is taken back, and everyone who was told hears how it stands.
    case tell(Delivery.Purpose)
    /// Nobody is to hear of it for now: what rings is taken back.
    case takeBack
    /// It does not stand as people were to be told: that it was taken, or closed, is taken back.
    case takeBackNews
    /// The owner asks one person to take over.
    case offer(to: ContactID)
    /// The owner hears that it is theirs still.
    case remindOwner
    /// The resident cancels so often that somebody must look after them.
    case askToCheck
}
