import CMosquitto
import Foundation
import VigilCore

/// One connection to a broker, from the dial to its end: libmosquitto without its own loop.
///
/// A connection is never reused: the next one gets a client of its own. So passwords and certificates are read anew, and nothing
/// that waited to be written (above all no acknowledgement) can slip into a later connection. Releasing the client closes the
/// socket without writing anything.
///
/// SAFETY: `@unchecked Sendable` because it is made and dialled on the thread of a `Dial` and handed over, through that dial's
/// lock, to the thread that owns the connection. At any time exactly one thread uses it; libmosquitto calls back on that thread.
final class MosquittoClient: @unchecked Sendable {
    /// Longer payloads are cut to this: a decoder refuses far shorter ones as too large, so a cut payload is never taken for a
    /// value, and it is not empty, which on a retained topic would say "cleared".
    static let payloadLimit = 256 * 1024
    /// What a broker may send us at all where the protocol lets us say so (MQTT 5). Otherwise the broker's own limit holds
    /// (`message_size_limit` in the shipped configuration). What is longer leaves its only trace in the broker's log, so this is
    /// far above what a device sends by mistake.
    static let packetLimit: UInt32 = 4 * 1024 * 1024

    let settings: ClientSettings
    /// Read and not yet taken.
    var packets: [MosquittoPacket] = []
    /// Moves with every packet, also with those that nobody needs.
    var activity: UInt64 = 0
    /// The log line before the next message callback carried DUP.
    var announcesRedelivery = false
    /// What the library complained about last, and why the certificate was refused.
    var complaint: String?
    var certificateFault: ConnectionFault?
    /// MQTT 5's reason in a DISCONNECT from the broker.
    var disconnectCode: Int32?
    let handle: OpaquePointer
    /// How the library's log begins a line on a PUBLISH, up to the DUP flag, and its line on a PINGRESP.
    let publishLogPrefix: [CChar]
    let pingrespLogLine: [CChar]

    // mosquitto_lib_init is to run once per process, before anything else.
    private static let library: Int32 = mosquitto_lib_init()

    init(_ settings: ClientSettings) throws(ConnectionFault) {
        _ = Self.library
        let id = settings.clientID
        guard (1...ClientSettings.longestClientID).contains(id.utf8.count), !id.utf8.contains(0) else {
            throw .refused("client_id must have 1 to \(ClientSettings.longestClientID) bytes")
        }
        guard let handle = mosquitto_new(id, settings.isClean, nil) else {
            throw .refused("cannot make an MQTT client: \(String(cString: strerror(errno)))")
        }
        self.settings = settings
        self.handle = handle
        publishLogPrefix = Array("Client \(id) received PUBLISH (d".utf8CString.dropLast())
        pingrespLogLine = Array("Client \(id) received PINGRESP".utf8CString)
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        installCallbacks()
        try configure()
    }

    deinit {
        mosquitto_user_data_set(handle, nil)
        mosquitto_destroy(handle)
    }

    /// Resolves, connects and queues the CONNECT. Blocks, for minutes when packets are dropped.
    func dial() throws(ConnectionFault) {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if settings.broker.protocolVersion == .v5 {
            let expiry: UInt32 = settings.isClean ? 0 : .max
            mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), expiry)
            mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), Self.packetLimit)
        }
        let port = Int32(clamping: settings.broker.port)
        errno = 0
        let code = mosquitto_connect_bind_v5(handle, settings.broker.host, port, settings.keepAliveSeconds, nil, properties)
        if code != 0 { throw fault(code) }
    }

    /// Whole days until the broker's certificate expires; nil without TLS.
    var certificateDaysLeft: Int? {
        let days = cmosquitto_certificate_days_left(handle)
        return days == .min ? nil : Int(days)
    }

    var socket: Int32 { mosquitto_socket(handle) }
    /// Something waits to be written.
    var wantsWrite: Bool { mosquitto_want_write(handle) }

    /// Reads one packet, as a rule, into `packets`; false when no whole one was there.
    func read() throws(ConnectionFault) -> Bool {
        let before = activity
        errno = 0
        let code = mosquitto_loop_read(handle, 1)
        if code != 0 || socket < 0 { throw fault(code) }
        return activity != before
    }

    /// Writes what waits, queued acknowledgements included; false when the socket took only a part.
    func write() throws(ConnectionFault) -> Bool {
        guard wantsWrite else { return true }
        cmosquitto_cork(handle, 1)
        errno = 0
        let code = mosquitto_loop_write(handle, 1)
        if code != 0 || socket < 0 { throw fault(code) }
        cmosquitto_cork(handle, 0)
        return !wantsWrite
    }

    /// Sends a PINGREQ; only when nothing waits to be written.
    func ping() throws(ConnectionFault) {
        if cmosquitto_ping(handle) != 0 { throw .unreachable("connection broken by \(settings.place)") }
    }

    /// Queues a SUBSCRIBE; the request's message id, or nil when the filter is not one.
    func subscribe(_ filter: String, qos: Int32) -> Int32? {
        var messageID: Int32 = 0
        return mosquitto_subscribe(handle, &messageID, filter, qos) == 0 ? messageID : nil
    }

    /// Queues a PUBLISH; its message id, or why the library does not take it.
    func publish(_ publication: MQTTPublication) -> Result<Int32, ConnectionFault> {
        var messageID: Int32 = 0
        let code = publication.payload.withUnsafeBytes {
            mosquitto_publish(
                handle, &messageID, publication.topic, Int32(clamping: $0.count), $0.baseAddress, publication.qos.rawValue,
                publication.isRetained)
        }
        if code == 0 { return .success(messageID) }
        let words = "topic \(publication.topic): \(String(cString: mosquitto_strerror(code)))"
        return .failure(code == Int32(MOSQ_ERR_NO_CONN.rawValue) ? .unreachable(words) : .refused(words))
    }

    /// Queues a DISCONNECT and writes everything: only when nothing is held back.
    func sayGoodbye() {
        mosquitto_disconnect(handle)
        // The connection ends either way.
        mosquitto_loop_write(handle, 1)
    }

    /// Why the last call failed, from everything that is known about it.
    private func fault(_ code: Int32) -> ConnectionFault {
        let error = errno
        if let certificateFault { return certificateFault }
        if let disconnectCode { return ConnectionFault(disconnect: disconnectCode, at: settings.place, clientID: settings.clientID) }
        let isOwnCode = code == Int32(MOSQ_ERR_ERRNO.rawValue) || code == Int32(MOSQ_ERR_EAI.rawValue)
        if let complaint, !isOwnCode { return .refused("connection to \(settings.place) failed: \(complaint)") }
        let effective = code == 0 ? Int32(MOSQ_ERR_CONN_LOST.rawValue) : code
        return ConnectionFault(library: effective, errno: error, at: settings.place)
    }
}
