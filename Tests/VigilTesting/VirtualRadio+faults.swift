/// What goes wrong with controllers.
extension VirtualRadio {
    /// What ends the deafness of a controller.
    public enum Remedy: String, CaseIterable, Sendable {
        /// The scan is switched on anew.
        case scan
        case reset
        /// It is unplugged and plugged in again.
        case open
    }

    /// Bytes towards the host that need be no packet.
    public func send(_ bytes: [UInt8]) throws { try order("raw", ["data": hex(bytes)]) }

    /// The controller hears nothing more although it says that it scans; what is stronger than the remedy helps too.
    public func deafen(until remedy: Remedy) throws { try order("deafen", ["until": remedy.rawValue]) }

    /// The controller neither reads nor says anything; what the host says meanwhile waits for `thaw`.
    public func freeze() throws { try order("freeze") }

    public func thaw() throws { try order("thaw") }

    /// The port is gone and the controller without power: nobody can open it.
    public func unplug() throws { try order("unplug") }

    /// The port is back where it was.
    public func plug() throws { try order("plug") }
}
