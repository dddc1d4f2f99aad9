extension Finding {
    /// What is left of it when it was concluded from what anybody may have sent: whoever stands in the street can ring, and can end nothing.
    ///
    /// An end becomes unknown, which never counts as cleared; a word that it is nothing is not heard, so nobody waits for one. That a device
    /// is heard again is told of no person and ends what was said of its silence: more was never claimed.
    var unproven: Finding? {
        guard alertClass == .life else { return self }
        var finding = self
        finding.cancelWindow = .zero
        switch change {
        case .cancelled: return nil
        case .cleared: finding.change = .unknown
        case .occurred, .active, .unknown: break
        }
        return finding
    }
}
