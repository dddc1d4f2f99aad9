import Testing
import VigilCore
import VigilDevices

struct DecodeLineTests {
    private static let known = DecoderRegistry().entries.map(\.dialect.rawValue).joined(separator: ", ")
    private let line = DecodeLine()

    @Test(
        "a line is answered with what the frame says",
        arguments: [
            (
                #"{"at":1,"dialect":"zigbee2mqtt","topic":"zigbee2mqtt/CP velux","payload":"{\"contact\":true}","retained":false}"#,
                #"{"observations":[{"device":"CP velux","kind":"door_open","nature":"level","value":false}]}"#
            ),
            // Without a dialect the topic decides, without a topic the dialect
            (
                #"{"at":1,"topic":"vigil/in/b/observation","payload":"{\"ts\":1763800000123,\"seq\":4,\"boot\":\"9f\",\"kind\":\"sos\"}"}"#,
                #"{"observations":[{"device":"b","event_time":1763800000123,"kind":"sos","nature":"event","value":true}],"receipt":{"boot":"9f","seq":4}}"#
            ),
            (
                #"{"dialect":"zigbee2mqtt","topic":null,"payload":"{\"battery\":\"100.00\"}"}"#,
                #"{"observations":[{"device":"nameless","kind":"battery_percent","nature":"level","value":100}]}"#
            ),
            (
                #"{"topic":"zigbee2mqtt/x","payload":"7b7d","payload_encoding":"hex"}"#,
                #"{"observations":[{"device":"x","kind":"device_alive","nature":"event","value":true}]}"#
            ),
            (
                #"{"topic":"zigbee2mqtt/x","payload":"eyJjb250YWN0IjoxfQ==","payload_encoding":"base64"}"#,
                #"{"faults":["contact: neither true nor false"],"observations":[{"device":"x","kind":"device_alive","nature":"event","value":true}]}"#
            ),
            (#"{"topic":"zigbee2mqtt/bridge/info","payload":"{}","retained":true}"#, #"{"observations":[]}"#),
            // What is announced of a device, and what is announced no more
            (
                #"{"topic":"homeassistant/binary_sensor/x/config","payload":"{\"dev_cla\":\"smoke\",\"stat_t\":\"a/b\"}"}"#,
                #"{"announcement":{"address":{"dialect":"homeassistant-discovery","name":"x"},"readings":[{"device_class":"smoke","kind":"smoke","off":"OFF","on":"ON","topic":"a/b"}],"topic":"homeassistant/binary_sensor/x/config"},"observations":[]}"#
            ),
            (
                #"{"topic":"homeassistant/binary_sensor/x/config","payload":""}"#,
                #"{"observations":[],"withdrawn":"homeassistant/binary_sensor/x/config"}"#
            ),
        ])
    func answers(question: String, answer: String) { #expect(line.answer(to: question) == answer) }

    @Test(
        "a line that cannot be decoded says why",
        arguments: [
            (#"{"dialect":"x10","payload":"{}"}"#, "the dialect \\\"x10\\\" has no decoder; known: \(Self.known)"),
            (
                #"{"topic":"weather/oslo/wind/now/kmh","payload":"{}"}"#,
                "no dialect usually speaks on this topic; name one of: \(Self.known); or describe it in a profile (docs/add-a-device.md)"
            ),
            (#"{"payload":"{}"}"#, "neither a dialect nor a topic; name one of: \(Self.known)"),
            (
                #"{"ble":{"address":"c4:7c:8d:6a:00:01"}}"#,
                "Bluetooth advertisements have no decoder yet; only MQTT lines are understood"
            ),
            (#"{"topic":"zigbee2mqtt/x"}"#, "the line has no payload"),
            (#"{"topic":"zigbee2mqtt/x","payload":"7b7","payload_encoding":"hex"}"#, "the payload is no hex"),
            (#"{"topic":"zigbee2mqtt/x","payload":"!","payload_encoding":"base64"}"#, "the payload is no base64"),
            (
                #"{"topic":"zigbee2mqtt/x","payload":"{}","payload_encoding":"rot13"}"#,
                "unknown payload_encoding; known: utf8, hex, base64"
            ),
            (#"{"topic":"zigbee2mqtt/x","payload":"{"}"#, "malformed: the payload is not JSON"),
            (
                #"{"topic":"zigbee2mqtt/x/set","payload":"{}"}"#,
                "no device speaks here: what stands on this topic of the dialect \\\"zigbee2mqtt\\\" is said to a device, or about none: a command, an answer, a list"
            ),
            (
                #"{"topic":"zigbee2mqtt/x","payload":""}"#,
                "no device speaks here: an empty payload removes what a broker kept on the topic"
            ),
            (
                #"{"dialect":"3g-watch","topic":"hall/door/lock","payload":"{}"}"#,
                "no device speaks here: the topic is none of the dialect \\\"3g-watch\\\", which usually speaks on 3g-watch/+"
            ),
        ])
    func refusals(question: String, error: String) { #expect(line.answer(to: question) == #"{"error":"\#(error)"}"#) }

    @Test("a line that is no JSON, or another JSON, is answered all the same", arguments: ["", "nonsense", "[]", #"{"payload":7}"#])
    func nonsense(question: String) { #expect(line.answer(to: question).hasPrefix(#"{"error":"no line of vigil decode: "#)) }

    @Test("lines do not remember each other")
    func independence() {
        let question = #"{"topic":"vigil/in/b/observation","payload":"{\"seq\":4,\"boot\":\"9f\",\"kind\":\"sos\"}"}"#
        #expect(line.answer(to: question) == line.answer(to: question))
    }
}
