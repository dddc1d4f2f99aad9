/// Why the broker cannot be used, in words for the person at the keyboard.
struct BrokerFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
