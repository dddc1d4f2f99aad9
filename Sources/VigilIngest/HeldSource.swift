/// A source that can be held, so that a turn knows which frames are in it, and for which nobody keeps what was said.
public protocol HeldSource: Sendable {
    /// Starts reading. A source is started once.
    func start()
    /// Asks to stop reading; it is answered with `.held`, after the last `.frames`.
    func hold()
    /// Everything up to the `.held` answer is durable: read on.
    func release()
    /// Ends a hold although nothing can be stored: what comes must be heard all the same.
    func readOn()
    /// Ends it, and waits for that.
    func stop()
}

extension WatchSource: HeldSource {}
