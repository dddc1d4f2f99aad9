extension String {
    /// The longest beginning of at most that many bytes of UTF-8 that ends with a whole character; `…` tells that something is missing.
    func clipped(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        let mark = "…"
        let room = limit - mark.utf8.count
        guard room >= 0 else { return "" }
        var count = 0
        var end = startIndex
        while end < endIndex {
            let size = self[end].utf8.count
            guard count + size <= room else { break }
            count += size
            end = index(after: end)
        }
        return self[..<end] + mark
    }
}
