/// Why there is no connection, in words for the person who looks after the box.
struct ConnectionFault: Error, Hashable {
    enum Kind {
        /// Nobody answered, or the connection broke: likely to pass by itself.
        case unreachable
        /// The other side or our own settings say no: likely to need a person.
        case refused
    }

    let kind: Kind
    let words: String

    static func unreachable(_ words: String) -> Self { Self(kind: .unreachable, words: words) }
    static func refused(_ words: String) -> Self { Self(kind: .refused, words: words) }
}
