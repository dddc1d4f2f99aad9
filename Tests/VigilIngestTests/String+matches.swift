extension String {
    /// How often the text occurs.
    func matches(of text: String) -> Int { ranges(of: text).count }
}
