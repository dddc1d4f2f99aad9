/// What this build is called.
public enum BuildInfo {
    public static let version = "0.1.0"
}
