import CMosquitto
import Foundation
import VigilCore

extension MosquittoClient {
    /// Everything that must be said before the dial.
    func configure() throws(ConnectionFault) {
        let broker = settings.broker
        // Without this a PUBACK leaves before the message callback runs (promises, F1); with it, only in `write()`.
        mosquitto_threaded_set(handle, true)
        let version = broker.protocolVersion == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
        mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, version)
        mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, Int32(clamping: min(max(broker.inFlightWindow, 1), 65_535)))
        mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, settings.sendsAtOnce ? 1 : 0)
        // The broker's receive maximum bounds what is on the way; the library's own default of 20 would only slow it down.
        mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, 65_535)
        if let username = broker.username {
            mosquitto_username_pw_set(handle, username, try password())
        }
        if let tls = broker.tls { try configure(tls) }
        if let will = settings.will {
            let code = will.payload.withUnsafeBytes {
                mosquitto_will_set(handle, will.topic, Int32(clamping: $0.count), $0.baseAddress, 1, will.isRetained)
            }
            if code != 0 { throw .refused("the will on topic \(will.topic) is not valid: \(Self.text(code))") }
        }
    }

    private func configure(_ tls: BrokerConfiguration.TLS) throws(ConnectionFault) {
        try requireReadable(tls.caFile, "tls.ca_file")
        try requireReadable(tls.certificateFile, "tls.certificate_file")
        try requireReadable(tls.keyFile, "tls.key_file")
        let systemAuthorities = tls.caFile == nil ? cmosquitto_system_authorities() : nil
        let code = mosquitto_tls_set(handle, tls.caFile, systemAuthorities, tls.certificateFile, tls.keyFile, nil)
        guard code == 0 else {
            throw .refused("tls settings are not usable: \(Self.text(code)): certificate_file and key_file go together")
        }
        // Verify the broker (SSL_VERIFY_PEER), and speak nothing older than TLS 1.2.
        mosquitto_tls_opts_set(handle, 1, "tlsv1.2", nil)
    }

    private func requireReadable(_ path: String?, _ key: String) throws(ConnectionFault) {
        guard let path, access(path, R_OK) != 0 else { return }
        throw .refused("\(key): \(path): \(String(cString: strerror(errno)))")
    }

    private static func text(_ code: Int32) -> String { String(cString: mosquitto_strerror(code)) }

    private func password() throws(ConnectionFault) -> String? {
        guard let path = settings.broker.passwordFile else { return nil }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return String(text.prefix { !$0.isNewline })
        } catch {
            try requireReadable(path, "password_file")
            throw .refused("password_file: \(path): not a text file in UTF-8")
        }
    }
}
