import CMosquitto
import Glibc

/// One client's connection to a broker, driven by its owner's thread through `drive`.
///
/// Not for use from several threads: callbacks run inside `drive`, `connect` and `publish`, and only collect what came.
final class BrokerConnection {
    /// A message from the broker.
    struct Arrival {
        let topic: String
        let payload: [UInt8]
    }

    private let handle: OpaquePointer
    private let address: BrokerAddress
    /// Topics that are subscribed to on every connection.
    private let subscriptions: [String]

    private(set) var isConnected = false
    private var isNewlyConnected = false
    private var refusal: String?
    private var arrivals: [Arrival] = []
    private var acknowledged: [Int32] = []

    init(client: String, to address: BrokerAddress, subscriptions: [String] = [], will: Publication? = nil) throws {
        mosquitto_lib_init()
        guard let handle = mosquitto_new(client, true, nil) else {
            throw BrokerFailure("cannot create an MQTT client: \(Self.systemReason())")
        }
        self.handle = handle
        self.address = address
        self.subscriptions = subscriptions
        // The owner bounds what is in flight; a second, smaller window inside the library would only hide it.
        mosquitto_max_inflight_messages_set(handle, 0)
        if let will {
            let payload = Array(will.payload.utf8)
            mosquitto_will_set(handle, will.topic, Int32(payload.count), payload, will.quality.rawValue, will.isRetained)
        }
        installCallbacks()
    }

    deinit {
        mosquitto_destroy(handle)
        mosquitto_lib_cleanup()
    }

    // MARK: Connecting

    /// Connects and waits for the broker's answer.
    func connect() throws {
        try open(mosquitto_connect(handle, address.host, Int32(address.port), 30))
        let deadline = ContinuousClock.now + .seconds(5)
        while !isConnected {
            guard refusal == nil else { throw BrokerFailure("\(address) refuses the connection: \(refusal ?? "")") }
            guard ContinuousClock.now < deadline else {
                throw BrokerFailure("\(address) does not answer; is it an MQTT broker?")
            }
            Self.drive([self], for: .milliseconds(100))
            guard mosquitto_socket(handle) >= 0 || isConnected || refusal != nil else {
                throw BrokerFailure("\(address) closed the connection at once; is it an MQTT broker?")
            }
        }
    }

    /// Tries once to connect again; the answer comes while driving.
    func reconnect() throws { try open(mosquitto_reconnect(handle)) }

    /// Says good-bye, so that the broker does not publish the will.
    func disconnect() {
        mosquitto_disconnect(handle)
        isConnected = false
    }

    private func open(_ result: Int32) throws {
        guard result != MOSQ_ERR_SUCCESS.rawValue else { return }
        let reason = result == MOSQ_ERR_ERRNO.rawValue ? Self.systemReason() : Self.reason(of: result)
        throw BrokerFailure("cannot connect to \(address): \(reason); is the broker running?")
    }

    // MARK: Talking

    /// Hands a message to the library; the broker's acknowledgement comes as `takeAcknowledged`.
    ///
    /// - Returns: the message id; nil while there is no connection, where a message of QoS 0 is lost as it is for a real device.
    @discardableResult
    func publish(_ publication: Publication) throws -> Int32? {
        guard isConnected else { return nil }
        var identifier: Int32 = 0
        var payload = publication.payload
        let result = payload.withUTF8 { bytes in
            mosquitto_publish(
                handle, &identifier, publication.topic, Int32(bytes.count), bytes.baseAddress, publication.quality.rawValue,
                publication.isRetained)
        }
        switch result {
        case MOSQ_ERR_SUCCESS.rawValue: return identifier
        case MOSQ_ERR_NO_CONN.rawValue, MOSQ_ERR_CONN_LOST.rawValue: return nil
        default: throw BrokerFailure("cannot publish on \(publication.topic): \(Self.reason(of: result))")
        }
    }

    /// Whether a connection stands that was not there at the last call.
    func takeNewlyConnected() -> Bool {
        defer { isNewlyConnected = false }
        return isNewlyConnected
    }

    /// What arrived since the last call.
    func takeArrivals() -> [Arrival] {
        defer { arrivals.removeAll() }
        return arrivals
    }

    /// The ids that the broker acknowledged since the last call.
    func takeAcknowledged() -> [Int32] {
        defer { acknowledged.removeAll(keepingCapacity: true) }
        return acknowledged
    }

    /// Moves what there is to move on every connection; returns when something moved or `timeout` is over.
    static func drive(_ connections: [BrokerConnection], for timeout: Duration) {
        var descriptors = connections.map { connection in
            let events = mosquitto_want_write(connection.handle) ? POLLIN | POLLOUT : POLLIN
            // A negative descriptor is one that poll ignores: the connection is down.
            return pollfd(fd: mosquitto_socket(connection.handle), events: Int16(events), revents: 0)
        }
        let milliseconds = max(0, min(timeout / .milliseconds(1), 60_000))
        poll(&descriptors, nfds_t(descriptors.count), Int32(milliseconds.rounded(.up)))
        for (connection, descriptor) in zip(connections, descriptors) { connection.step(Int32(descriptor.revents)) }
    }

    private func step(_ events: Int32) {
        guard mosquitto_socket(handle) >= 0 else {
            isConnected = false
            return
        }
        var result = MOSQ_ERR_SUCCESS.rawValue
        if events & (POLLIN | POLLHUP | POLLERR) != 0 { result = mosquitto_loop_read(handle, 1) }
        if result == MOSQ_ERR_SUCCESS.rawValue, mosquitto_want_write(handle) { result = mosquitto_loop_write(handle, 1) }
        if result == MOSQ_ERR_SUCCESS.rawValue { result = mosquitto_loop_misc(handle) }
        if result != MOSQ_ERR_SUCCESS.rawValue { isConnected = false }
    }

    // MARK: Callbacks

    private func installCallbacks() {
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_connect_callback_set(handle) { _, context, code in
            BrokerConnection.from(context)?.answered(code)
        }
        mosquitto_disconnect_callback_set(handle) { _, context, _ in
            BrokerConnection.from(context)?.isConnected = false
        }
        mosquitto_publish_callback_set(handle) { _, context, identifier in
            BrokerConnection.from(context)?.acknowledged.append(identifier)
        }
        mosquitto_message_callback_set(handle) { _, context, message in
            guard let message = message?.pointee, let topic = message.topic else { return }
            let bytes = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            BrokerConnection.from(context)?.arrivals.append(Arrival(topic: String(cString: topic), payload: Array(bytes)))
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> BrokerConnection? {
        context.map { Unmanaged<BrokerConnection>.fromOpaque($0).takeUnretainedValue() }
    }

    private func answered(_ code: Int32) {
        guard code == 0 else {
            refusal = String(cString: mosquitto_connack_string(code)).lowercasedFirst
            return
        }
        isConnected = true
        isNewlyConnected = true
        for topic in subscriptions { mosquitto_subscribe(handle, nil, topic, 1) }
    }

    // MARK: Reasons

    private static func systemReason() -> String { String(cString: strerror(errno)).lowercasedFirst }

    private static func reason(of result: Int32) -> String { String(cString: mosquitto_strerror(result)).lowercasedFirst }
}

extension String {
    /// The libraries' sentences begin with a capital and end with a full stop; ours do neither.
    fileprivate var lowercasedFirst: String {
        let text = hasSuffix(".") ? String(dropLast()) : self
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
