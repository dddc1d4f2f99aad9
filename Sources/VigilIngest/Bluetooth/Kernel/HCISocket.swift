import CBluetooth
import Glibc

/// A raw socket to one of the kernel's adapters, closed with this object. Needs CAP_NET_RAW, and CAP_NET_ADMIN to send commands.
final class HCISocket {
    struct Failure: Error {
        let words: String
    }

    enum Received {
        case bytes(Int)
        case nothing
        case gone(String)
    }

    let descriptor: Int32
    let number: Int
    /// The adapter's own address, as the kernel's sockets take it.
    let address: bdaddr_t

    /// Opens an adapter, and brings it up where it is down.
    init(adapter number: Int) throws(Failure) {
        self.number = number
        let name = "hci\(number)"
        let control = socket(AF_BLUETOOTH, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), BTPROTO_HCI)
        guard control >= 0 else { throw Failure(words: Self.words(for: errno, doing: "cannot open a Bluetooth socket for \(name)")) }
        defer { Glibc.close(control) }
        var info = try Self.info(of: number, by: control)
        if !Self.isUp(info) {
            if cbluetooth_device_up(control, Int32(clamping: number)) != 0, errno != EALREADY {
                throw Failure(words: Self.words(for: errno, doing: "\(name) is down and cannot be brought up"))
            }
            info = try Self.info(of: number, by: control)
        }
        address = info.bdaddr
        descriptor = hci_open_dev(Int32(clamping: number))
        guard descriptor >= 0 else { throw Failure(words: Self.words(for: errno, doing: "cannot open \(name)")) }
        guard setFilter(), fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 else {
            throw Failure(words: Self.words(for: errno, doing: "cannot listen to \(name)"))
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Nil while the adapter is there and up.
    func fault() -> String? {
        do {
            return Self.isUp(try Self.info(of: number, by: descriptor))
                ? nil : "hci\(number) was switched off: try hciconfig hci\(number) up, and rfkill list bluetooth"
        } catch {
            return error.words
        }
    }

    /// Reads one packet with its indicator.
    func receive(into buffer: inout [UInt8]) -> Received {
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 { return .bytes(count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return .nothing }
            return .gone("hci\(number) is gone: was it unplugged?")
        }
    }

    /// Returns why it could not be sent.
    func send(_ command: HCICommand) -> String? {
        var parameters = command.parameters
        let (group, number) = (command.opcode.rawValue >> 10, command.opcode.rawValue & 0x03FF)
        guard hci_send_cmd(descriptor, group, number, UInt8(clamping: parameters.count), &parameters) != 0 else { return nil }
        let why = Self.words(for: errno, doing: "cannot give hci\(self.number) a command")
        // That it is down or gone says more.
        return fault() ?? why
    }

    /// Events of the scan and of commands, and the commands of others.
    private func setFilter() -> Bool {
        var filter = hci_filter()
        hci_filter_clear(&filter)
        hci_filter_set_ptype(HCI_EVENT_PKT, &filter)
        hci_filter_set_ptype(HCI_COMMAND_PKT, &filter)
        for event in [EVT_LE_META_EVENT, EVT_CMD_COMPLETE, EVT_CMD_STATUS, EVT_HARDWARE_ERROR] { hci_filter_set_event(event, &filter) }
        return setsockopt(descriptor, SOL_HCI, HCI_FILTER, &filter, socklen_t(MemoryLayout<hci_filter>.size)) == 0
    }

    private static func info(of number: Int, by socket: Int32) throws(Failure) -> hci_dev_info {
        var info = hci_dev_info()
        info.dev_id = UInt16(clamping: number)
        guard cbluetooth_device_info(socket, &info) == 0 else {
            throw Failure(words: words(for: errno, doing: "cannot find hci\(number)"))
        }
        return info
    }

    private static func isUp(_ info: hci_dev_info) -> Bool { info.flags & (1 << UInt32(HCI_UP)) != 0 }

    /// Why, and what to do next.
    private static func words(for code: Int32, doing what: String) -> String {
        let why = String(cString: strerror(code))
        let next: String? =
            switch code {
            case EPERM, EACCES:
                "Vigil needs CAP_NET_RAW and CAP_NET_ADMIN: put AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN into the unit (ble.conf.example)"
            case EAFNOSUPPORT:
                "the kernel has no Bluetooth (modprobe bluetooth), or the unit lacks RestrictAddressFamilies=AF_BLUETOOTH (ble.conf.example)"
            case ENODEV: "is it plugged in? hciconfig -a lists what is there"
            // ERFKILL
            case 132: "rfkill unblock bluetooth"
            case EBUSY, EUSERS: "another program has it for itself: stop it"
            default: nil
            }
        return "\(what): \(why)" + (next.map { ": \($0)" } ?? "")
    }
}
