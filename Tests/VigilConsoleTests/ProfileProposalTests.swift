import Testing
import VigilCore

@testable import VigilConsole

struct ProfileProposalTests {
    @Test("values of one topic are one message, with the words and units that were announced")
    func draft() throws {
        let proposal = try #require(
            ProfileProposal(
                of: "Bed 7",
                [
                    .init(kind: .presence, deviceClass: "occupancy", topic: "mat/Bed 7/state", field: "occupied", on: "1", off: "0"),
                    .init(kind: .meter_energy_wh, deviceClass: "energy", topic: "mat/Bed 7/state", field: "env.energy", unit: "kWh"),
                    .init(kind: .tamper, deviceClass: "tamper", topic: "mat/Bed 7/tamper", on: "true", off: "false"),
                    .init(kind: .availability, deviceClass: "connectivity", topic: "mat/Bed 7/link", on: "up", off: "do\"wn"),
                ]))

        #expect(
            proposal.text == """
                dialect: "bed-7"
                title: {zh-CN: "Bed 7", en: "Bed 7"}
                source: "what it announces for Home Assistant"
                # What computes in its template, or is of a kind that is not known here, is left out: compare it with what the device sends.
                liveness: mains
                messages:
                  - topic: "mat/{device}/state"
                    facts:
                      - {path: "occupied", kind: presence, words: {"1": true, "0": false}}
                      - {path: "env.energy", kind: meter_energy_wh, scale: 1000}
                  - topic: "mat/{device}/tamper"
                    format: text
                    facts:
                      - {path: ".", kind: tamper}
                  - topic: "mat/{device}/link"
                    format: text
                    facts:
                      - {path: ".", kind: availability, words: {"up": online, "do\\"wn": offline}}

                """)
    }

    @Test("the device is the level that is called like it, else the last that the topics share")
    func places() {
        func topic(_ device: String, _ topics: String...) -> String? {
            let readings = topics.map { Announcement.Reading(kind: .smoke, deviceClass: "smoke", topic: $0) }
            return ProfileProposal(of: device, readings)?.text.split(separator: "\n").first { $0.contains("topic:") }.map(String.init)
        }

        #expect(topic("a1", "home/a1/x/state") == "  - topic: \"home/{device}/x/state\"")
        #expect(topic("a1", "zima/binary_sensor/m/state", "zima/sensor/t/state") == "  - topic: \"{device}/binary_sensor/m/state\"")
        #expect(
            ProfileProposal(of: "a1", [.init(kind: .battery_low, deviceClass: "battery", topic: "x9/b")])?.text.contains(
                "filter: \"x9/#\"") == true)
        #expect(topic("a1", "sensorBedroom/state") == "  - topic: \"{device}/state\"")
        #expect(topic("a1", "zwave/Hall/Sensor/128/0/level") == "  - topic: \"zwave/Hall/{device}/128/0/level\"")
        #expect(topic("a1", "12/state") == "  - topic: \"{device}/state\"")
        #expect(topic("a1", "state") == nil)
        #expect(topic("a1", "care/1/state", "care/1/battery") == "  - topic: \"{device}/{number}/state\"")
        #expect(topic("a1", "care/1/state", "care/2/state") == "  - topic: \"{device}/1/state\"")
        #expect(topic("a1", "x/state", "y/state") == nil)
    }
}
