import Testing

@testable import VigilIngest

/// Whose a frame is and how it is answered. Frames are those of traccar/traccar WatchProtocolDecoderTest.java and of 4p-touch.com "Beesure
/// GPS SeTracker Server Protocol".
struct WatchHeadTests {
    private func head(_ text: String) -> WatchHead? { WatchHead(Array(text.utf8)[...]) }

    @Test(
        "an answer has the maker, the id and the index of its frame, and a length of its own",
        arguments: [
            ("[3G*8800000015*000D*LK,50,100,100]", "[3G*8800000015*0002*LK]"),
            ("[SG*9081000548*0009*LK,0,100]", "[SG*9081000548*0002*LK]"),
            ("[ZJ*014111001350304*0034*0009*LK,0,0,19]", "[ZJ*014111001350304*0034*0002*LK]"),
            ("[3G*6907919734*003e*AL_LTE,170525,214118,V,0,N,0,E]", "[3G*6907919734*0002*AL]"),
            ("[ZJ*689466020014198*0003*0113*AL,221121,085515,V]", "[ZJ*689466020014198*0003*0002*AL]"),
            ("[3G*8800000015*0004*INIT]", "[3G*8800000015*0006*INIT,1]"),
            ("[3G*8800000015*0004*TKQ2]", "[3G*8800000015*0004*TKQ2]"),
            ("[3G*4700609403*0013*bphrt,120,79,73,,,,]", "[3G*4700609403*0005*bphrt]"),
            ("[3G*9705141740*000B*oxygen,0,98]", "[3G*9705141740*0008*oxygen,1]"),
            ("[3G*8800000015*001C*CONFIG,TY:G75,UL:600]", "[3G*8800000015*0008*CONFIG,1]"),
        ])
    func answers(frame: String, answer: String) {
        #expect(head(frame)?.answer.map { String(decoding: $0, as: UTF8.self) } == answer)
    }

    @Test(
        "nobody answers a position, a pulse or an answer",
        arguments: [
            "[3G*9031853319*004E*UD2,220322,055105,A]", "[CS*8800000015*0008*PULSE,72]", "[3G*8800000015*0003*SOS]",
            "[CS*1234567890*000e*TK,#!AMR]",
        ])
    func unanswered(frame: String) throws {
        let read = try #require(head(frame))

        #expect(read.answer == nil)
    }

    @Test(
        "what is no frame has no head",
        arguments: [
            "[]", "[3G*88]", "[3G*8800000015*LK]", "[3G**0002*LK]", "[3G*8800000015*0002*]", "[3G*88 00*0002*LK]", "[3G*../x*0002*LK]",
            "[3G*8800000015*00020*LK]", "[GET / HTTP/1.1]",
        ])
    func noFrames(frame: String) {
        #expect(head(frame) == nil)
    }
}
