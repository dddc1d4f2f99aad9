extension Device {
    /// Whether it gives signs of life of somebody, by when it was heard last and what it has ever said: it has given one, or was never heard and
    /// may. What only speaks for others gives none, nor what tells of smoke alone.
    func givesSigns(heardAt: EngineTime?, saying kinds: Set<ObservationKind>) -> Bool {
        kinds.contains(where: \.isActivity) || heardAt == nil && ![.sleepySmoke, .bridge].contains(liveness)
    }
}
