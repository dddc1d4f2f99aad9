import Testing
import VigilCore

@testable import VigilDevices

struct ExplainerTests {
    private func explain(_ payload: String, topic: String = "zigbee2mqtt/kitchen") throws -> Explanation {
        let quoted = payload.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return try DecodeLine().explanation(of: #"{"topic":"\#(topic)","payload":"\#(quoted)"}"#)
    }

    private func roles(_ why: Explanation) -> [String] { why.parts.map { "\($0.path) \($0.role.rawValue)" } }

    @Test("a part that makes a fact is told from one that makes none")
    func roles() throws {
        let why = try explain(#"{"smoke":true, "battery" : 97 ,"linkquality":120}"#)

        #expect(why.dialect == "zigbee2mqtt" && why.decoder == "Zigbee2MQTTDecoder" && why.filter == "zigbee2mqtt/#")
        #expect(roles(why) == ["smoke told", "battery told", "linkquality ignored"])
        #expect(why.parts[1].facts == [Explanation.Fact(device: "kitchen", kind: .battery_percent, value: .number(97))])
        #expect(why.parts[1].value == "97")
        #expect(why.shared.isEmpty && why.further == 0)
    }

    @Test("a part that was read and left out is named with the reason")
    func fault() throws {
        let why = try explain(#"{"contact":1,"battery":50}"#)

        #expect(roles(why) == ["contact faulty", "battery told"])
        #expect(why.parts[0].reason == "contact: neither true nor false")
    }

    @Test("the only fact of a message is told by its part, and nothing else comes of its absence")
    func only() throws { #expect(roles(try explain(#"{"smoke":true}"#)) == ["smoke told"]) }

    @Test("a part that says when, and one without which nothing is understood")
    func native() throws {
        let why = try explain(#"{"ts":1763800000123,"seq":4,"boot":"9f","kind":"sos"}"#, topic: "vigil/in/b/observation")

        let byPath = Dictionary(uniqueKeysWithValues: why.parts.map { ($0.path, $0.role) })
        #expect(byPath["ts"] == .timed)
        #expect(byPath["kind"] == .needed || byPath["kind"] == .told)
        #expect(byPath["seq"] != .ignored)
    }

    @Test("a payload that is no JSON has no parts", arguments: ["[3G*8800000015*0009*LK,0,10,96]"])
    func text(payload: String) throws {
        let why = try explain(payload, topic: "3g-watch/8800000015")

        #expect(why.parts.isEmpty)
        #expect(!why.facts.isEmpty)
    }

    @Test("of a payload with too many parts the first ones are explained, and the others counted")
    func limit() throws {
        let members = (0..<600).map { "\"k\($0)\":1" }.joined(separator: ",")

        let why = try explain("{\(members)}")

        #expect(why.parts.count == Explainer.partLimit)
        #expect(why.further == 600 - Explainer.partLimit)
    }

    @Test("an answer for programs holds the explanation beside the observations")
    func line() {
        let answer = DecodeLine(explains: true).answer(to: #"{"topic":"zigbee2mqtt/k","payload":"{\"smoke\":true,\"x\":0}"}"#)

        #expect(answer.contains(#""decoder":{"dialect":"zigbee2mqtt","filter":"zigbee2mqtt/#","name":"Zigbee2MQTTDecoder"}"#))
        #expect(answer.contains(#"{"facts":[{"device":"k","kind":"smoke","value":true}],"path":"smoke","role":"told","value":"true"}"#))
        #expect(answer.contains(#"{"facts":[],"path":"x","role":"ignored","value":"0"}"#))
    }

    @Test("what cannot be decoded is refused as ever")
    func refusal() {
        #expect(throws: DecodeFailure.self) { try explain("{") }
        #expect(DecodeLine(explains: true).answer(to: "nonsense").hasPrefix(#"{"error":"no line of vigil decode: "#))
    }
}
