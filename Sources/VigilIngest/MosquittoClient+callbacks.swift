import CMosquitto
import Glibc

extension MosquittoClient {
    /// Sends the library's callbacks to this client; all run inside `dial`, `read` and `write`, on the caller's thread.
    func installCallbacks() {
        mosquitto_connect_v5_callback_set(handle) { _, user, code, flags, _ in
            // Spec: MQTT 3.1.1, 3.2.2.1: bit 0 of the acknowledge flags is "session present".
            MosquittoClient.of(user)?.received(.connack(code: code, isResumed: flags & 1 == 1))
        }
        mosquitto_disconnect_v5_callback_set(handle) { _, user, code, _ in
            // Codes below 128 are the library's own errors, which the failing call returns as well.
            if code >= 128 { MosquittoClient.of(user)?.disconnectCode = code }
        }
        mosquitto_message_callback_set(handle) { _, user, message in
            guard let message else { return }
            MosquittoClient.of(user)?.received(message.pointee)
        }
        mosquitto_subscribe_callback_set(handle) { _, user, messageID, count, granted in
            let granted = UnsafeBufferPointer(start: granted, count: Int(count))
            MosquittoClient.of(user)?.received(.suback(messageID: messageID, granted: Array(granted)))
        }
        mosquitto_publish_v5_callback_set(handle) { _, user, messageID, code, _ in
            MosquittoClient.of(user)?.received(.published(messageID: messageID, code: code))
        }
        mosquitto_log_callback_set(handle) { _, user, level, line in
            guard let line else { return }
            MosquittoClient.of(user)?.logged(level: level, line: line)
        }
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> MosquittoClient? {
        user.map { Unmanaged<MosquittoClient>.fromOpaque($0).takeUnretainedValue() }
    }

    private func received(_ packet: MosquittoPacket) {
        activity &+= 1
        packets.append(packet)
    }

    private func received(_ message: mosquitto_message) {
        let stated = max(Int(message.payloadlen), 0)
        let length = min(stated, Self.payloadLimit)
        let payload = message.payload.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: length)) } ?? []
        received(
            .publish(
                InboundMessage(
                    // A topic that is not UTF-8 is repaired; libmosquitto refuses it before, as the protocol demands.
                    topic: message.topic.map { String(cString: $0) } ?? "", payload: payload,
                    wholeLength: stated > length ? stated : nil, isAcknowledged: message.qos > 0, isRetained: message.retain,
                    isRedelivery: announcesRedelivery)))
        announcesRedelivery = false
    }

    /// The library shows DUP and PINGRESP nowhere but in its log, which it writes just before the message callback.
    private func logged(level: Int32, line: UnsafePointer<CChar>) {
        activity &+= 1
        if level == MOSQ_LOG_DEBUG {
            if strncmp(line, publishLogPrefix, publishLogPrefix.count) == 0 {
                announcesRedelivery = line[publishLogPrefix.count] == CChar(UInt8(ascii: "1"))
            } else if strcmp(line, pingrespLogLine) == 0 {
                packets.append(.pingresp)
            }
        } else if level == MOSQ_LOG_ERR {
            noteComplaint(String(cString: line))
        }
    }

    private func noteComplaint(_ line: String) {
        complaint = line
        if line.contains("host name verification failed") {
            certificateFault = .certificate(nil, at: settings.place, host: settings.broker.host)
        } else if certificateFault == nil, let why = cmosquitto_certificate_fault(handle) {
            certificateFault = .certificate(String(cString: why), at: settings.place, host: settings.broker.host)
        }
    }
}
