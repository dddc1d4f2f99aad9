import CMosquitto
import Glibc

extension ConnectionFault {
    /// Of a call into libmosquitto that failed. `error` is errno right after the call.
    init(library code: Int32, errno error: Int32, at place: String) {
        switch mosq_err_t(rawValue: code) {
        case MOSQ_ERR_ERRNO: self.init(errno: error, at: place)
        case MOSQ_ERR_EAI:
            let why = String(cString: gai_strerror(error))
            self = .unreachable("cannot resolve the host of \(place): \(why): check the name and DNS")
        case MOSQ_ERR_CONN_LOST, MOSQ_ERR_NO_CONN:
            self = .closed(by: place)
        case MOSQ_ERR_MALFORMED_UTF8, MOSQ_ERR_MALFORMED_PACKET, MOSQ_ERR_PROTOCOL:
            self = .refused("\(place) sent what is not valid MQTT: \(Self.text(code)): is it an MQTT broker, the right port?")
        default:
            self = .refused("connection to \(place) failed: \(Self.text(code))")
        }
    }

    private init(errno error: Int32, at place: String) {
        switch error {
        case ECONNREFUSED: self = .unreachable("connection refused by \(place): is the broker running?")
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN: self = .unreachable("no route to \(place): is the network up?")
        case ETIMEDOUT: self = .noAnswer(from: place)
        case ECONNRESET, EPIPE: self = .closed(by: place)
        // libmosquitto gives up without a cause when the other side ends a TLS handshake.
        case 0, EPROTO: self = .unreachable("connection broken by \(place)")
        default: self = .unreachable("connection to \(place) failed: \(String(cString: strerror(error)))")
        }
    }

    private static func closed(by place: String) -> Self {
        // What mosquitto 2.0 does to the older of two clients with one id, without a word.
        .unreachable("connection closed by \(place): did the broker stop, or does another client use our client_id?")
    }

    static func noAnswer(from place: String) -> Self {
        .unreachable("no answer from \(place): is the address right, does a firewall drop the packets?")
    }

    /// A refusal in CONNACK. `code` is MQTT 3.1.1's return code (below 6) or MQTT 5's reason code.
    init(connack code: Int32, at place: String, user: String?) {
        let who = user.map { "user \($0)" } ?? "a client without user name"
        switch code {
        // Spec: MQTT 3.1.1, table 3.1; MQTT 5, 3.2.2.2.
        case 1, 132: self = .refused("\(place) does not speak this version of MQTT: set protocol to the one it speaks")
        case 2, 133: self = .refused("\(place) refused the client id: choose another client_id")
        case 3, 136, 137: self = .unreachable("\(place) says that it is not available now")
        case 4, 134: self = .refused("bad user name or password at \(place) for \(who): check username and password_file")
        case 5, 135: self = .refused("not authorised at \(place) as \(who): check username, password_file and the broker's users")
        case 138: self = .refused("\(place) has banned this client")
        default: self = .refused("\(place) refused the connection: \(String(cString: mosquitto_reason_string(code)))")
        }
    }

    /// A DISCONNECT from the broker. `code` is MQTT 5's reason code.
    init(disconnect code: Int32, at place: String, clientID: String) {
        switch code {
        case 139: self = .unreachable("\(place) is shutting down")
        case 142: self = .refused("another client connected to \(place) as \(clientID): give each its own client_id")
        default: self = .unreachable("\(place) closed the connection: \(String(cString: mosquitto_reason_string(code)))")
        }
    }

    /// A certificate that was not accepted. `why` is OpenSSL's reason or nil when the name did not match.
    static func certificate(_ why: String?, at place: String, host: String) -> Self {
        guard let why else {
            return .refused(
                "certificate verify failed: the certificate of \(place) is not for \(host): connect by a name that it carries")
        }
        return .refused("certificate verify failed: \(place): \(why): check tls.ca_file, the broker's certificate and the clock")
    }

    private static func text(_ code: Int32) -> String { String(cString: mosquitto_strerror(code)) }
}
