import VigilCore

extension ProfileReading {
    /// Why a body that holds nothing says nothing, where some message wants to read it; nil where it may be like that: an empty list of records, and
    /// a bare value that was not measured.
    static func emptiness(of body: ProfileRecord, _ candidates: [Candidate]) -> String? {
        guard case .json(let root) = body, root.isNothing, !candidates.contains(where: { $0.message.mayRead(nothing: root) }) else {
            return nil
        }
        guard let reader = candidates.first(where: { $0.message.message.role == .facts }) else { return nil }
        let remedy = "write a message with when: and ignore: true before this one if its system sends that"
        return "\(root.emptiness) holds nothing to read; \(remedy)\(reader.message.message.place)"
    }
}
