/// How the key of a device stands, by which its messages are believed.
public enum KeyStanding: Hashable, Sendable {
    /// It has none and needs none: it is heard as anybody could be.
    case unneeded
    /// It has to prove what it says, and its key is not known: nothing of it is believed.
    case missing
    /// It is known, and has opened nothing of the device so far.
    case untried
    /// It has opened what the device said.
    case proven
}
