/// Why something cannot happen to an alert; nothing has changed.
struct AlertRefusal: Error {
    let reason: String

    static func because(_ reason: String) -> Self { Self(reason: reason) }
}
