extension MessageWriter {
    /// So many places are named; all are counted, and the message carries every alert's id.
    private static let placeLimit = 40

    /// Several messages of one kind to one person as one: how many, where, and since when the first has waited.
    ///
    /// - Parameter members: at least one, the oldest first; with what each is about, where that is still known.
    func digest(of members: [(message: Message, subject: Subject?)]) -> Message {
        var digest = members[0].message
        let contact = household.contacts[digest.contact]
        let places = members.map { member in
            contact.flatMap { contact in member.subject.map { place($0, for: contact) } } ?? member.message.title
        }
        let count = LocalizedText(zh: "共 \(members.count) 处", en: "\(members.count) alerts")[digest.language]
        digest.title = title(
            AlertWords.name(of: digest.kind)[digest.language], count, AlertWords.name(of: digest.severity)[digest.language],
            digest.purpose, isDrill: digest.isDrill, digest.language)
        digest.body = body(places, digest.language)
        digest.alerts = members.map(\.message.alert)
        digest.isAcceptable = false
        return digest
    }

    private func body(_ places: [String], _ language: Language) -> String {
        let named = places.prefix(Self.placeLimit).joined(separator: language == .chinese ? "、" : ", ")
        let left = places.count - Self.placeLimit
        guard left > 0 else { return named }
        return language == .chinese ? "\(named) 以及另外 \(left) 处,请查看警报列表" : "\(named) and \(left) more: see the list of alerts"
    }
}
