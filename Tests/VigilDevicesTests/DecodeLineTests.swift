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
            // What a Bluetooth receiver heard, with the key of its device
            (
                #"{"ble":{"address":"C0:43:73:C0:E5:AA","service_data":{"FCD2":"402901"}}}"#,
                #"{"observations":[{"device":"C0:43:73:C0:E5:AA","kind":"smoke","nature":"level","value":true}],"unauthenticated":true}"#
            ),
            (
                #"{"ble":{"address":"54:48:E6:8F:80:A5","service_data":{"0000fcd2-0000-1000-8000-00805f9b34fb":"41a47266c95f730011223378237214"},"bindkey":"231D39C1D7CC1AB1AEE224CD096DB932"}}"#,
                #"{"observations":[{"device":"54:48:E6:8F:80:A5","kind":"temperature_c","nature":"level","value":25.06}]}"#
            ),
            (
                #"{"ble":{"hci_event":"043e1602010000a5808fe648540a0201060616d2fc402901cc"}}"#,
                #"{"observations":[{"device":"54:48:E6:8F:80:A5","kind":"smoke","nature":"level","value":true}],"unauthenticated":true}"#
            ),
            (
                #"{"ble":{"address":"A4:C4:12:1F:C6:08","characteristic":"00002A37-0000-1000-8000-00805F9B34FB","value":"06AF"}}"#,
                #"{"observations":[{"device":"A4:C4:12:1F:C6:08","kind":"heart_rate_bpm","nature":"level","value":175}],"unauthenticated":true}"#
            ),
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
            (#"{"ble":{"address":"c4:7c:8d:6a:00"}}"#, "\\\"address\\\" is no Bluetooth address; write A4:C1:38:8D:18:B2"),
            (#"{"ble":{"address":"c4:7c:8d:6a:00:01","service_data":{"fcd2":"4"}}}"#, "\\\"service_data\\\" is no hex"),
            (
                #"{"ble":{"address":"c4:7c:8d:6a:00:01","bindkey":"00"}}"#,
                "\\\"bindkey\\\" is not 32 hexadecimal digits (24 for MiBeacon before version 4)"
            ),
            (
                #"{"ble":{"address":"c4:7c:8d:6a:00:01","service_data":{"fcd2":"402901"}},"bindkey":"00"}"#,
                "\\\"bindkey\\\" stands beside \\\"ble\\\", where nobody reads it; write it inside: {\\\"ble\\\": {\\\"bindkey\\\": ...}}"
            ),
            (#"{"ble":{"hci_event":"043e0102"}}"#, "\\\"hci_event\\\" is no LE advertising report"),
            (
                #"{"ble":{"address":"c4:7c:8d:6a:00:01","characteristic":"2a37"}}"#,
                "\\\"value\\\" is empty: the characteristic says nothing"
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
