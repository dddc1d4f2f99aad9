import CMosquitto
import Glibc

/// A client that publishes and hears by QoS 1, driven by whoever calls.
final class MQTTLine {
    private let handle: OpaquePointer
    private(set) var received = 0
    /// When the latest message was there.
    private(set) var receivedAt: Int64 = 0
    /// Publications that the broker has not acknowledged.
    private(set) var unacknowledged = 0
    private var hasAnswer = false

    init(_ name: String, port: Int, isClean: Bool = true) throws {
        mosquitto_lib_init()
        guard let handle = mosquitto_new(name, isClean, nil) else { throw BenchFailure("cannot make an MQTT client") }
        self.handle = handle
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        mosquitto_connect_callback_set(handle) { _, user, _ in MQTTLine.of(user)?.hasAnswer = true }
        mosquitto_subscribe_callback_set(handle) { _, user, _, _, _ in MQTTLine.of(user)?.hasAnswer = true }
        mosquitto_publish_callback_set(handle) { _, user, _ in MQTTLine.of(user)?.unacknowledged -= 1 }
        // Who calls bounds what is in flight.
        mosquitto_max_inflight_messages_set(handle, 0)
        mosquitto_message_callback_set(handle) { _, user, _ in
            guard let line = MQTTLine.of(user) else { return }
            line.receivedAt = Stopwatch.now
            line.received += 1
        }
        try check(mosquitto_connect(handle, "127.0.0.1", Int32(port), 60))
        try waitForAnswer()
    }

    deinit { mosquitto_destroy(handle) }

    private static func of(_ user: UnsafeMutableRawPointer?) -> MQTTLine? {
        user.map { Unmanaged<MQTTLine>.fromOpaque($0).takeUnretainedValue() }
    }

    func subscribe(_ filter: String) throws {
        hasAnswer = false
        try check(mosquitto_subscribe(handle, nil, filter, 1))
        try waitForAnswer()
    }

    func publish(_ topic: String, _ payload: [UInt8]) throws {
        unacknowledged += 1
        try check(mosquitto_publish(handle, nil, topic, Int32(payload.count), payload, 1, false))
    }

    /// Moves what there is to move; returns when something moved or the time is over.
    func step(milliseconds: Int32 = 100) throws { try check(mosquitto_loop(handle, milliseconds, 1)) }

    private func waitForAnswer() throws {
        let end = Stopwatch.now + 5_000_000_000
        while !hasAnswer {
            guard Stopwatch.now < end else { throw BenchFailure("the broker does not answer") }
            try step()
        }
    }

    private func check(_ code: Int32) throws {
        guard code == MOSQ_ERR_SUCCESS.rawValue else { throw BenchFailure("MQTT: \(String(cString: mosquitto_strerror(code)))") }
    }
}
