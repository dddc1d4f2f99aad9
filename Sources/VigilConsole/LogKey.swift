/// The keys under which this room's logs carry their data.
enum LogKey {
    static let error = "error"
    static let path = "http.path"
    static let socket = "console.socket"
}
