import CBluetooth
import Glibc
import VigilCore

/// An ATT channel of the kernel: L2CAP's fixed channel 4 to one device, one PDU a message. Closed with this object.
final class ATTSocket {
    enum State {
        case connecting
        /// The kernel encrypts with the key of an earlier pairing, or pairs where bluetoothd answers for it.
        case securing
        case open
    }

    private static let attChannel: UInt16 = 4
    // Source: Bluetooth Core Specification 5.4, volume 3, part F, section 3.2.9: a value of 512 bytes and what stands before it.
    private static let longestPDU = 517
    /// Answers to a peer that takes none.
    private static let mostWaiting = 32

    let descriptor: Int32
    private(set) var state = State.connecting
    private let isEncrypted: Bool
    private var waiting: [[UInt8]] = []
    private var buffer = [UInt8](repeating: 0, count: longestPDU)

    struct Failure: Error {
        let words: String
    }

    // Linux 6.1, net/bluetooth/smp.c: a key that bluetoothd loaded is used; without one pairing waits for bluetoothd's consent.
    private static let unpaired = Failure(
        words: "the kernel has no key for the device: pair it once with bluetoothctl (package bluez): scan on, pair ADDRESS")

    /// Begins to connect.
    init(to peer: BluetoothPeer, from adapter: bdaddr_t) throws(Failure) {
        isEncrypted = peer.isEncrypted
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = socket(AF_BLUETOOTH, kind, BTPROTO_L2CAP)
        guard descriptor >= 0 else { throw Failure(words: Self.words(errno)) }
        var own = Self.name(adapter, kind: UInt8(BDADDR_LE_PUBLIC))
        var other = Self.name(
            Self.address(peer.address), kind: UInt8(peer.isRandomAddress ? BDADDR_LE_RANDOM : BDADDR_LE_PUBLIC))
        guard Self.call(bind, descriptor, &own) == 0, Self.call(connect, descriptor, &other) == 0 || errno == EINPROGRESS else {
            throw Failure(words: Self.words(errno))
        }
    }

    // On a thread of its own. Debian's 6.1.192 breaks in close() where the adapter went while it connected (list_del corruption in hci_chan_del), and
    // the thread does not come back; it must not be the receiver's.
    deinit { if descriptor >= 0 { Worker().start(name: "ble-close") { [descriptor] in _ = close(descriptor) } } }

    var wantsWrite: Bool { state != .open || !waiting.isEmpty }

    /// What was waited for has come to pass, or failed. Throws why it is of no use any more; answers whether it is open now and was not before.
    func proceed() throws(Failure) -> Bool {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { throw Failure(words: Self.words(errno)) }
        guard code == 0 else { throw state == .securing ? Self.unpaired : Failure(words: Self.words(code)) }
        switch state {
        case .connecting where isEncrypted:
            // On a channel that stands the kernel tells by POLLOUT when the link is encrypted.
            var security = bt_security(level: UInt8(BT_SECURITY_MEDIUM), key_size: 0)
            let length = socklen_t(MemoryLayout<bt_security>.size)
            guard setsockopt(descriptor, SOL_BLUETOOTH, BT_SECURITY, &security, length) == 0 else { throw Self.unpaired }
            state = .securing
            return false
        case .connecting, .securing:
            state = .open
            return true
        case .open:
            try flush()
            return false
        }
    }

    /// The next PDU; nil where none is there.
    func receive() throws(Failure) -> [UInt8]? {
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { return Array(buffer[..<count]) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return nil }
            throw Failure(words: count == 0 ? "the device closed it, or is out of reach" : Self.words(errno))
        }
    }

    func send(_ pdu: [UInt8]) throws(Failure) {
        guard waiting.count < Self.mostWaiting else { throw Failure(words: "the device takes no more") }
        waiting.append(pdu)
        try flush()
    }

    private func flush() throws(Failure) {
        while state == .open, let pdu = waiting.first {
            let count = Glibc.send(descriptor, pdu, pdu.count, Int32(MSG_NOSIGNAL))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            guard count >= 0 else { throw Failure(words: Self.words(errno)) }
            waiting.removeFirst()
        }
    }

    private static func address(_ address: BluetoothAddress) -> bdaddr_t {
        let byte = { (place: UInt64) in UInt8(truncatingIfNeeded: address.bits >> (8 * place)) }
        return bdaddr_t(b: (byte(0), byte(1), byte(2), byte(3), byte(4), byte(5)))
    }

    private static func name(_ address: bdaddr_t, kind: UInt8) -> sockaddr_l2 {
        sockaddr_l2(
            l2_family: sa_family_t(AF_BLUETOOTH), l2_psm: 0, l2_bdaddr: address, l2_cid: attChannel.littleEndian, l2_bdaddr_type: kind)
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32, _ name: inout sockaddr_l2
    ) -> Int32 {
        withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_l2>.size))
            }
        }
    }

    private static func words(_ code: Int32) -> String {
        switch code {
        case ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH: "the device does not answer"
        case ECONNRESET, ECONNABORTED, ENOTCONN, EPIPE: "the device closed it, or is out of reach"
        case ECONNREFUSED: "the device refuses connections"
        case EBUSY, ENOMEM, EMLINK: "the adapter has no connection left"
        default: String(cString: strerror(code))
        }
    }
}
