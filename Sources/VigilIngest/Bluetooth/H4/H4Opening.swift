import VigilCore

/// A connection that is being opened.
struct H4Opening {
    /// A device that advertises is reached within seconds.
    static let patience = Milliseconds.seconds(20)
    /// How long a controller may take to give an opening up.
    static let cancelPatience = Milliseconds.seconds(5)

    let peer: BluetoothPeer
    var deadline: BootTime
    /// Why it is given up; nil while it is not.
    var givenUp: String?
    /// Nobody wants it any more: should it stand, it is closed again.
    var isUnwanted = false
}
