/// Proof of protection: whether an alert about a resident could happen and reach somebody, by danger (`alert-lifecycle.md`, section 8).
public struct Coverage: Hashable, Codable, Sendable {
    /// One of the things that must hold.
    public struct Link: Hashable, Codable, Sendable {
        /// In the order in which an alarm passes them.
        public enum What: String, CaseIterable, Codable, Sendable {
            case device, worn, rule, people, channel, storage
        }

        public var what: What
        public var verdict: Protection
        /// Why, in words.
        public var reason: LocalizedText
        /// When the device was last heard, or the last message arrived.
        public var at: WallTime?
    }

    /// One danger.
    public struct Part: Hashable, Codable, Sendable {
        public var danger: Danger
        /// That of the weakest link.
        public var verdict: Protection
        public var links: [Link]
        /// The worst case until it, or that nothing can be heard of it, is noticed; nil where nothing bounds it.
        ///
        /// A danger that devices report at once is missed where the one that should tell of it is dead: the longest silence after which one
        /// of those that are heard counts as silent, plus how long a turn may wait for its commit. Of what only speaks when something happens
        /// it is the time from test to test. Inactivity: the rule's time, or the shortest such silence where that is longer, plus the same.
        public var noticedWithin: Milliseconds?
        /// The worst case from there until somebody is told; nil where nobody is.
        ///
        /// The time of the first message that the policy lets out, as the engine itself says (`PolicySimulator`), plus an attempt's lease for
        /// each of that person's methods: the last of them is the one that works.
        public var toldWithin: Milliseconds?

        enum CodingKeys: String, CodingKey {
            case danger, verdict, links
            case noticedWithin = "noticed_within_ms"
            case toldWithin = "told_within_ms"
        }
    }

    public var resident: ResidentID
    public var name: String
    /// The flat, as people say it.
    public var place: String
    /// That of the worst danger.
    public var verdict: Protection
    /// nil where everything holds.
    public var weakest: Link?
    /// In the order of `Danger`.
    public var parts: [Part]

    enum CodingKeys: String, CodingKey {
        case resident, name, place, verdict, weakest
        case parts = "dangers"
    }
}
