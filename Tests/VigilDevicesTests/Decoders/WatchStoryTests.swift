import Testing
import VigilCore

@testable import VigilDevices

/// What a watch says over several frames. The frames are made up in the form of those in `WatchDecoderTests`.
struct WatchStoryTests {
    private static let id = "8800000015"

    private var state = DialectState()

    private mutating func hear(_ command: String, status: String, time: String = "120000", battery: Int = 80, date: String = "120125")
        throws -> [Fact]
    {
        try hear("[3G*\(Self.id)*0000*\(command),\(date),\(time),V,0.0,N,0.0,E,0,0,0,0,1,\(battery),0,0,\(status),0,0]")
    }

    private mutating func hear(_ payload: String) throws -> [Fact] {
        let frame = Frame(source: "watches", origin: .mqtt(topic: "3g-watch/\(Self.id)"), payload: Array(payload.utf8))
        return try WatchDecoder().decode(frame, state: &state).facts.filter {
            ![.battery_percent, .steps, .battery_low].contains($0.kind)
        }
    }

    @Test("an alarm that is sent again because nobody answered rings once; a second press rings again")
    mutating func repeats() throws {
        #expect(try hear("AL", status: "00010000") == [.event(.sos)])
        #expect(try hear("AL", status: "00010000") == [])
        #expect(try hear("AL", status: "00010000", time: "120009") == [.event(.sos)])
    }

    @Test("where the clock stands still every press rings")
    mutating func clockThatStands() throws {
        #expect(try hear("AL", status: "00010000", date: "010120") == [.event(.sos)])
        #expect(try hear("AL", status: "00010000", date: "010120") == [.event(.sos)])
    }

    @Test("a status that goes on saying so rings nobody, one that begins to does")
    mutating func standing() throws {
        #expect(try hear("AL", status: "00010000") == [.event(.sos)])
        #expect(try hear("UD_LTE", status: "00010000", time: "120010") == [])
        #expect(try hear("UD_LTE", status: "00000000", time: "120020") == [])
        #expect(try hear("UD", status: "00200000", time: "120030") == [.event(.fall)])
        #expect(try hear("UD", status: "00200000", time: "120040") == [])
    }

    @Test("what was kept without a network raises nothing, whatever its status says")
    mutating func history() throws {
        #expect(try hear("UD2", status: "00210008") == [])
        #expect(try hear("UD", status: "00010000", time: "120010") == [.event(.sos)])
    }

    @Test("a watch with a sensor says when it is worn again")
    mutating func wornBySensor() throws {
        #expect(try hear("AL", status: "00100008") == [.level(.worn, false)])
        #expect(try hear("UD", status: "00000008", time: "120010") == [.level(.worn, false)])
        #expect(try hear("UD", status: "00000010", time: "120020") == [.level(.worn, true)])
        #expect(try hear("UD", status: "00000010", time: "120030") == [])
    }

    @Test("a watch without one is worn again when it measures somebody")
    mutating func wornByPulse() throws {
        #expect(try hear("AL", status: "00100000") == [.level(.worn, false)])
        #expect(try hear("UD", status: "00000000", time: "120010") == [])
        #expect(try hear("[3G*\(Self.id)*0007*heart,0]") == [.event(.not_measured, "heart_rate_bpm")])
        #expect(try hear("[3G*\(Self.id)*0008*heart,71]") == [.level(.heart_rate_bpm, 71), .level(.worn, true)])
        #expect(try hear("[3G*\(Self.id)*0008*heart,72]") == [.level(.heart_rate_bpm, 72)])
    }

    @Test("several frames in one piece, of several watches, with a tail that is cut off")
    mutating func pieces() throws {
        let payload = "noise[3G*\(Self.id)*0008*heart,71]\r\n[3G*9705141740*000B*oxygen,0,98][bad][3G*\(Self.id)*0002*L"
        let frame = Frame(source: "watches", origin: .mqtt(topic: "3g-watch/\(Self.id)"), payload: Array(payload.utf8))
        let decoded = try WatchDecoder().decode(frame, state: &state)

        #expect(decoded.facts == [.level(.heart_rate_bpm, 71), .level(.spo2_percent, 98)])
        #expect(decoded.observations.map(\.device?.name) == [nil, "9705141740"])
        #expect(decoded.faults == ["frame: not [maker*id*length*command]", "frame: without its end"])
    }

    @Test("one bad field does not lose the rest")
    func badFields() throws {
        var state = DialectState()
        let payload = "[3G*\(Self.id)*0000*AL,1201x5,120000,A,95.0,N,0.0,E,0,0,0,0,1,full,12,0,00010000,0,0]"
        let frame = Frame(source: "watches", origin: .mqtt(topic: "3g-watch/\(Self.id)"), payload: Array(payload.utf8))
        let decoded = try WatchDecoder().decode(frame, state: &state)

        #expect(decoded.facts == [.level(.steps, 12), .event(.sos)])
        #expect(decoded.faults == ["battery: not a number"])
    }

    @Test("what is no frame is refused", arguments: ["hello", "[]", "[3G*88]", "[3G*8800000015*LK]", "[3G**0002*LK]"])
    func noFrames(payload: String) {
        var state = DialectState()
        let frame = Frame(source: "watches", origin: .mqtt(topic: "3g-watch/\(Self.id)"), payload: Array(payload.utf8))

        #expect(throws: DecodeFailure.self) { _ = try WatchDecoder().decode(frame, state: &state) }
    }
}
