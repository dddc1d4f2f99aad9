import Testing
import VigilCore

@testable import VigilDaemon
@testable import VigilDevices

/// What a site's own profile may say and no built-in one says: parts of texts, units, lines, positions, places around a record and bytes of a maker.
/// `VIGIL_FUZZ_INPUTS=1000000` tries more.
struct ProfileFuzzTests {
    private static let messages = """
        - topic: care/{ward}/evt
          format: text
          split: ";"
          device: ["{ward}/{.[1]}", "{ward}"]
          time: "[4]"
          facts:
            - {path: "[2]", when: {"[0]": PULL}, words: {1: {sos: true}, 0: ~}}
            - {path: "[3]", kind: battery_percent, unit: "%", when: {"[3]": {exists: true}}}
            - {systolic: "[5]", diastolic: "[6]", kind: blood_pressure_mmhg, when: {"[0]": BP}}
            - {path: ., words: {RESET: {tamper: true}}, when: {.: RESET}}
        - topic: care/{device}/temp
          format: text
          facts: [{path: ., kind: body_temperature_c, unit: [C, "°C", ℃], scale: 0.5, offset: 10, not_measured: [0, "--"]}]
        - topic: care/{device}/lines
          format: key_value
          facts: [{path: HR, kind: heart_rate_bpm, unit: bpm}, {path: BED, words: {in: {in_bed: true}, out: {in_bed: false}}}]
        - topic: care/{house}/up
          each: rooms.{room}.pads[*]
          device: ["{$.name}/{.side}", "{house}/{room}"]
          time: {path: [$.at.ts, ts], unit: iso8601, zone: "+08:00"}
          when: {kind: {not: [test]}}
          facts:
            - {path: "vitals[0].hr", kind: heart_rate_bpm, unit: [bpm, /min], not_measured: [0, 255]}
            - {path: [occ, .], words: {0: {in_bed: false}, 1: {in_bed: true}, 2: {fall: true, presence: true}}, nature: level}
            - {latitude: place.lat, longitude: place.lon, kind: position}
            - {path: "*", kind: spo2_percent, when: {"{room}": bath}}
        - bluetooth: {manufacturer: "0A0B", length: 2}
          when: {u8@0: 2}
          facts: [{path: u8@1, kind: heart_rate_bpm}, {path: s16le@2, kind: body_temperature_c, scale: 0.01}, {path: u24be@0&0x0F0F, words: {1: {sos: true}}}]
        """

    private static let text = """
        dialect: care
        title: {zh-CN: 试, en: trial}
        source: a manual
        liveness: mains
        messages:
        \(messages.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))

        """

    private func profile() throws -> Profile {
        let faults = FaultList()
        return try #require(ProfileFile.read(Array(Self.text.utf8), file: "care.yaml", faults: faults), "\(faults.errors)")
    }

    @Test(
        "a profile of texts, units, lines and nested records outlives any input, and says the same of the same",
        .timeLimit(.minutes(60)))
    func topics() throws {
        try DecoderFuzz(ProfileDecoder(profile()), .care, named: "a site's profile").run()
    }

    @Test("a profile of bytes outlives any advertisement", .timeLimit(.minutes(60)))
    func bytes() throws {
        try DecoderFuzz(BluetoothDecoder(profiles: [profile()]), .bluetooth, named: "ble with a profile").run()
    }
}

extension FuzzCorpus {
    fileprivate static let care = FuzzCorpus(
        payloads: [
            "PULL;4;1;88 %;1763800000;120;80", "BP;4;0;70%;2025-11-22T08:00:00+08:00;118;76", "RESET", "PULL;4", "26.6 C", "53.2°C",
            "--",
            "HR=61 bpm<br>\nBED=in<br>\n", "HR=0\r\nBED=gone",
            #"{"name":"H1","at":{"ts":"2025-11-22T08:00:00"},"rooms":{"bath":{"pads":[{"side":"L","occ":1,"vitals":[{"hr":"62 bpm"}]}]}}}"#,
            #"{"rooms":{"bed":{"pads":[2,{"kind":"x","side":7,"place":{"lat":31.2,"lon":"121.5"},"vitals":[{"hr":255}]},null]},"hall":{"pads":{"occ":0}}}}"#,
        ], topics: ["care/w3/evt", "care/m1/temp", "care/m1/lines", "care/h1/up"])
}
