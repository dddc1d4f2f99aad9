/// Which places of a list have changed: quicker to tell than a set, which would hash the place for every change.
struct ChangedPlaces: Sendable {
    private var isChanged: [Bool]
    private var changed: [Int]

    init() { self.init(all: 0) }

    /// Every place of a list of so many.
    init(all count: Int) {
        isChanged = Array(repeating: true, count: count)
        changed = Array(0..<count)
    }

    mutating func insert(_ place: Int) {
        guard !isChanged[place] else { return }
        isChanged[place] = true
        changed.append(place)
    }

    /// All of them, in order; none has changed from here on.
    mutating func take() -> [Int] {
        for place in changed { isChanged[place] = false }
        defer { changed = [] }
        return changed.sorted()
    }
}
