/// How many entries a list may be asked for.
public enum ListLimit {
    public static let range = 1...10_000
}
