import Testing
import VigilCore

@testable import VigilDevices

/// Frames as watches sent them. Where nothing else is named they stand in traccar/traccar
/// src/test/java/org/traccar/protocol/WatchProtocolDecoderTest.java.
struct WatchDecoderTests {
    private let decoder = WatchDecoder()

    /// Each frame by itself, on the topic that a listener gives it.
    private func decode(_ payload: String, state: inout DialectState) throws -> Decoded {
        let id = payload.split(separator: "*").dropFirst().first.map(String.init) ?? "nameless"
        let frame = Frame(source: "watches", origin: .mqtt(topic: "3g-watch/\(id)"), payload: Array(payload.utf8))
        return try decoder.decode(frame, state: &state)
    }

    private func facts(_ payload: String) throws -> [Fact] {
        var state = DialectState()
        return try decode(payload, state: &state).facts
    }

    @Test(
        "an alarm says what it is raised for",
        arguments: [
            (
                "[3G*6907919734*003e*AL_LTE,170525,214118,V,0,N,0,E,0,0,0,0,0,22,0,0,00010000,0,0,0]",
                [.level(.battery_percent, 22), .level(.steps, 0), .level(.battery_low, false), .event(.sos)]
            ),
            (
                "[3G*8809008845*00C0*AL,271219,094744,V,00.000000,N, 0.0000000,E,0.00,0.0,0.0,0,100,81,0,0,00010000,7,0,460,0,9336,3981,141,9336,3912,141,9336,3982,140,9765,4233,134,9765,4071,134,9765,4321,134,9336,4353,132,0,0.0]",
                [.level(.battery_percent, 81), .level(.steps, 0), .level(.battery_low, false), .event(.sos)]
            ),
            (
                "[3G*8308373902*0080*AL,230817,095346,A,47.083950,N,15.4821850,E,7.60,273.8,0.0,4,15,44,0,0,00200010,2,255,232,1,7605,42530,118,7605,58036,119,0,65.8]",
                [
                    .level(.position, [47.083950, 15.4821850]), .level(.battery_percent, 44), .level(.steps, 0),
                    .level(.battery_low, false),
                    .event(.fall),
                ]
            ),
            // 4p-touch.com "Beesure GPS SeTracker Server Protocol", PART I 4
            (
                "[3G*4504816162*010A*AL_LTE,241020,085353,V,0.0,N,0.0,E,22.0,0,-1,1,100,35,0,0,00200000,1,1,460,11,30602,125639728,100,5,4P-Touch,bc:5f:f6:1e:07:be,-55,0.0]",
                [.level(.battery_percent, 35), .level(.steps, 0), .level(.battery_low, false), .event(.fall)]
            ),
            (
                "[3G*8800000015*00CD*AL,180916,064153,A,22.570512,N,113.8623267,E,0.00,154.8,0.0,11,100,100,0,0,00100018,7,0,460,1,9529,21809,155,0,12.4]",
                [
                    .level(.position, [22.570512, 113.8623267]), .level(.battery_percent, 100), .level(.steps, 0),
                    .level(.battery_low, false), .level(.worn, false),
                ]
            ),
            (
                "[ZJ*014111001332708*0075*0064*AL,040418,052156,A,22.536207,N,113.938673,E,0,0,0,5,100,82,1000,50,00100000,1,255,460,0,9340,3663,35]",
                [
                    .level(.position, [22.536207, 113.938673]), .level(.battery_percent, 82), .level(.steps, 1000),
                    .level(.battery_low, false), .level(.worn, false),
                ]
            ),
            (
                "[3G*358839237678820*0122*ALCUSTOMER1,251120,081821,V,0.0,N,0.0,E,2.58,317.462,35.147,14,100,2,11089,0,00100008,1,1,460,01,42308,101992452,100,5,shizhou1,44:56:e2:03:ea:2a,-69,FART3,30:0d:9e:bb:fa:4d,-70,ZKY-A209,88:c3:97:c1:f4:7f,-73,ChinaNet-HNeD,e8:84:c6:21:7c:dc,-77,,30:45:96:10:14:5d,-79,1.2035439]",
                [.level(.battery_percent, 2), .level(.steps, 11089), .level(.worn, false)]
            ),
            (
                "[SG*8800000015*0087*AL,220414,134652,A,22.571707,N,113.8613968,E,0.1,0.0,100,7,60,90,1000,50,0001,4,1,460,0,9360,4082,131,9360,4092,148,9360,4091,143,9360,4153,141]",
                [
                    .level(.position, [22.571707, 113.8613968]), .level(.battery_percent, 90), .level(.steps, 1000),
                    .level(.battery_low, true),
                ]
            ),
            // Two at once: traccar names the battery alone.
            (
                "[3G*0304187109*0065*AL_LTE,310120,184251,V,0.0,N,0.0,E,22.0,0,-1,0,100,11,0,0,00010001,1,1,334,020,13011,23152151,100,0,5]",
                [.level(.battery_percent, 11), .level(.steps, 0), .level(.battery_low, true), .event(.sos)]
            ),
        ] as [(String, [Fact])])
    func alarms(payload: String, facts: [Fact]) throws {
        #expect(try self.facts(payload) == facts)
    }

    @Test(
        "an alarm that nobody can name is one all the same, and no fall",
        arguments: [
            "[SG*9051004074*0058*AL,120117,145602,V,40.058413,N,76.336618,W,11.519,188,99,00,01,80,0,50,00000000,0,1,0,0,,10]",
            "[SG*9059011020*0067*AL,240123,181628,V,54.427538,N,6.409275,W,0.00,0,0,0,19,90,0,0,00000000,1,1,234,10,55C0,3B882A2,132,,10]",
            // Made up: bit 22, on which the sources differ; bit 24; an alarm of which nothing can be read.
            "[3G*8800000015*0058*AL,120125,145602,V,0.0,N,0.0,E,0,0,0,0,1,80,0,0,00400000,0,0]",
            "[3G*8800000015*0058*AL,120125,145602,V,0.0,N,0.0,E,0,0,0,0,1,80,0,0,01000000,0,0]", "[3G*1234567890*0006*AL,foo]",
            "[3G*1234567890*0006*AL_LTE]",
        ])
    func unnamedAlarms(payload: String) throws {
        let facts = try facts(payload)

        #expect(facts.contains(.event(.alarm_unspecified)))
        #expect(!facts.contains { $0.kind == .sos || $0.kind == .fall })
    }

    @Test("leaving a fence is no emergency")
    func fences() throws {
        // Made up after appendix I of the makers' protocol.
        let facts = try facts("[3G*8800000015*0058*AL,120125,145602,V,0.0,N,0.0,E,0,0,0,0,1,80,0,0,00040002,0,0]")

        #expect(facts == [.level(.battery_percent, 80), .level(.steps, 0), .level(.battery_low, false)])
    }

    @Test(
        "a position is told where satellites gave it",
        arguments: [
            (
                "[3G*2104326058*00E9*UD_LTE,300621,135101,A,32.162652,N,34.888748,E,30.84,265.158,65.621,18,100,83,0,0,00000000,1,1,425,01,10223,8012811,100,3,ES4104,22:74:1d:39:64:ff,-46,metropoline-wifi,a8:3f:a1:e0:66:ba,-89,Egged.co.il,00:0c:42:51:cf:cd,-81,1.7055488]",
                [32.162652, 34.888748], 1_625_061_061_000
            ),
            (
                "[3G*2104134718*00A1*UD_WCDMA,161019,134938,A,43.373367,N,71.157615,W,22.0,350.206,279.717,17,28,79,0,0,00000000,1,1,310,410,23999,132013696,28,1,Home2,60:45:cb:cb:34:68,-93,8.263865]",
                [43.373367, -71.157615], 1_571_233_778_000
            ),
            (
                "[SG*9059056143*0053*UD,251021,223408,A,41.46500,N,081.53128,W,0.926,000,0,00,70,70,0,50,00000000,0,1,,,,00]",
                [41.465, -81.53128], 1_635_201_248_000
            ),
            (
                "[SG*8800000015*0087*UD,220414,134652,A,22.571707,N,113.8613968,E,0.1,0.0,100,7,60,90,1000,50,0000,4,1,460,0,9360,4082,131]",
                [22.571707, 113.8613968], 1_398_174_412_000
            ),
            // Kept while there was no network.
            (
                "[3G*2256002206*0079*UD2,100116,153723,A,38.000000,N,-9.000000,W,0.44,299.3,0.0,7,100,86,0,0,00000008,2,0,268,3,3010,51042,146,3010,51043,132]",
                [38, -9], 1_452_440_243_000
            ),
            (
                "[SG*9159059735*0066*UD2,230322,082138,A,59.55285,N,016.66185,E,0.0,000,26,14,80,70,0,50,00000000,1,1,240,7,34505,80806406,,00]",
                [59.55285, 16.66185], 1_648_023_698_000
            ),
        ] as [(String, [Double], Int64)])
    func positions(payload: String, place: [Double], time: Int64) throws {
        var state = DialectState()
        let told = try decode(payload, state: &state).observations.first { $0.kind == .position }

        #expect(told?.value == .numbers(place))
        #expect(told?.eventTime == EventTime(time))
    }

    @Test(
        "without a fix the numbers are no place, and nobody moves because the watch says that it lies still",
        arguments: [
            "[3G*6005412902*011F*WT,170517,133811,V,18.512200,N,73.7750283,E,0.00,0.0,0.0,0,92,82,4262,0,00000010,2,1,404,22,10125,8301,141,10125,13921,122,5,Skynet,28:c6:8e:be:87:c0,-60,13.8]",
            "[3G*0304187088*0100*UD_WCDMA,100720,094202,V,0.0,N,0.0,E,22.0,0,-1,21,75,92,0,0,00000000,1,1,425,01,10192,1282125,75,5,Inet,04:f0:21:46:1f:57,-54,0.0]",
            "[SG*352661090143150*006C*UD,150817,132115,V,28.435142,N,81.354333,W,2.2038,000,99,00,70,100,0,50,00000000,1,1,310,260,1091,30082,139,,00]",
            "[SG*9081000548*00A9*UD,110116,113639,V,16.479064,S,68.119072,,0.7593,000,99,00,80,80,0,50,00000000,5,1,736,2,10103,10732,153,,00]",
            "[3G*6105117105*008D*UD2,210716,231601,V,-33.480366,N,-70.7630692,E,0.00,0.0,0.0,0,100,34,0,0,00000000,3,255,730,2,29731,54315,167]",
            "[ZJ*014111001350304*0033*0064*UD,070318,020827,V,00.000000,N,000.000000,E,0,0,0,0,100,99,1000,50,00000000,1,255,460,0,9346,5223,42]",
            "[3G*8308406279*00CC*UD3,170417,190930,V,54.739618,N,25.273213,E,0.0,323.53,175.1,6,51,83,0,0,00000000,1,1,246,01,200,13242758,51,0]",
        ])
    func noFix(payload: String) throws {
        let facts = try facts(payload)

        #expect(Set(facts.map(\.kind)).isSubset(of: [.battery_percent, .steps, .battery_low, .device_alive]))
        #expect(facts.contains { $0.kind == .battery_percent })
    }

    @Test(
        "measurements and heartbeats",
        arguments: [
            ("[3G*4700186508*000B*LK,0,10,100]", [.level(.steps, 0), .level(.battery_percent, 100), .alive]),
            ("[ZJ*014111001350304*0034*0009*LK,0,0,19]", [.level(.steps, 0), .level(.battery_percent, 19), .alive]),
            ("[SG*9081000548*0009*LK,0,100]", [.alive]),
            ("[SG*8800000015*0002*LK]", [.alive]),
            ("[3G*4700609403*0013*bphrt,120,79,73,,,,]", [.level(.blood_pressure_mmhg, [120, 79]), .level(.heart_rate_bpm, 73)]),
            ("[ZJ*357653059860416*0007*000c*BLOOD,109,68]", [.level(.blood_pressure_mmhg, [109, 68])]),
            (
                "[3G*4700609403*0013*bphrt,0,0,0,,,,]",
                [.event(.not_measured, "blood_pressure_mmhg"), .event(.not_measured, "heart_rate_bpm")]
            ),
            ("[CS*8800000015*0008*PULSE,72]", [.level(.heart_rate_bpm, 72)]),
            ("[3G*6005412902*0008*heart,71]", [.level(.heart_rate_bpm, 71)]),
            ("[3G*6005412902*0007*heart,0]", [.event(.not_measured, "heart_rate_bpm")]),
            ("[3G*9705141740*000B*oxygen,0,98]", [.level(.spo2_percent, 98)]),
            ("[3G*3707805539*0009*oxygen,97]", [.level(.spo2_percent, 97)]),
            ("[3G*2104326058*000E*btemp2,1,35.29]", [.level(.body_temperature_c, 35.29)]),
            // 4p-touch.com, VI: 0 is measured at the forehead; as a temperature 0 and 1 are none.
            ("[3G*3707805539*000D*btemp2,0,36.5]", [.level(.body_temperature_c, 36.5)]),
            ("[3G*3707805539*000A*btemp2,1,1]", [.event(.not_measured, "body_temperature_c")]),
            ("[ZJ*5678901234*0001*0009*TEMP,36.5]", [.level(.body_temperature_c, 36.5)]),
        ] as [(String, [Fact])])
    func measurements(payload: String, facts: [Fact]) throws {
        #expect(try self.facts(payload) == facts)
    }

    @Test(
        "settings, voice and answers to orders say that the watch is there, and nothing else",
        arguments: [
            "[3G*8800000015*0003*TKQ]", "[3G*8800000015*0004*INIT]", "[3G*8800000015*001C*CONFIG,TY:G75,UL:600,SY:1,CM:1]",
            "[3G*8800000015*0003*SOS]", "[3G*8800000015*0008*FALLDOWN]", "[3G*8800000015*0006*REMOVE]", "[3G*8800000015*0005*ICCID]",
            "[CS*1234567890*000e*TK,#!AMR\u{7D}\u{02}]", "[3G*8800000015*0005*bphrt]", "[3G*8800000015*0005*heart,]",
        ])
    func everythingElse(payload: String) throws {
        var state = DialectState()
        let decoded = try decode(payload, state: &state)

        #expect(decoded.facts == [.alive])
        #expect(decoded.faults.isEmpty)
    }
}
