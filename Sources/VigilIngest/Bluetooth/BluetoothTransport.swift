import Glibc
import VigilCore

/// One adapter behind the door that the rest of the program knows: scan reports and ATT channels, not packets of the host interface.
///
/// It never blocks and owns no thread: whoever drives it waits in poll() for `polled`, until `deadline` at the latest, and calls `serve`.
/// A channel is named by its peer's address; there is one at most to each.
protocol BluetoothTransport: AnyObject {
    /// What to wait for; empty while it is closed.
    var polled: [pollfd] { get }
    /// When it wants to be served although nothing came.
    var deadline: BootTime? { get }

    /// Begins to open, to set the adapter up, and to scan. `.ready` tells that it stands, `.failed` that it does not.
    func open(at time: BootTime)

    /// Reads and writes what can be read and written.
    ///
    /// - Parameter ready: `polled`, with what poll() found.
    func serve(_ ready: [pollfd], at time: BootTime, _ handle: (BluetoothEvent) -> Void)

    /// Switches the scan off and on again, for one that fell silent; connections stand meanwhile. `.ready` or `.failed` follows.
    func restartScan(at time: BootTime)

    /// Begins to open an ATT channel. `.connected` or `.closed` follows, also where the adapter has no connection left.
    func connect(to peer: BluetoothPeer, at time: BootTime)

    /// Sends an ATT PDU; without a channel to the peer it is dropped, for `.closed` has been told.
    func send(_ pdu: [UInt8], to peer: BluetoothAddress, at time: BootTime)

    /// Begins to close the channel, or to give its opening up; `.closed` follows.
    func disconnect(_ peer: BluetoothAddress, at time: BootTime)

    /// Lets go of everything at once; nothing is told of it. It can be opened again.
    func close()
}

/// Whom to connect to.
struct BluetoothPeer: Hashable, Sendable {
    let address: BluetoothAddress
    let isRandomAddress: Bool
    /// It answered that it wants an encrypted link. An adapter that cannot pair connects all the same, and the device refuses again.
    var isEncrypted = false
}

/// What an adapter tells.
enum BluetoothEvent: Hashable, Sendable {
    /// It is set up and scans.
    case ready
    /// It cannot be used any more, or never could. Words for people: what was tried, and why it failed. The transport is closed.
    case failed(String)
    case report(BluetoothAddress, Advertisement)
    /// An ATT channel stands.
    case connected(BluetoothAddress)
    /// It stands no more, or could not be opened. Words for people.
    case closed(BluetoothAddress, reason: String)
    /// An ATT PDU came, at most of the MTU's length.
    case received(BluetoothAddress, [UInt8])
    /// Bytes or packets that made no sense were skipped.
    case skipped(Int)
}
