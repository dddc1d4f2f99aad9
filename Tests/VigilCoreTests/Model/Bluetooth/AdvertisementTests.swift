import Testing
import VigilCore

struct AdvertisementTests {
    @Test("an advertisement stands in the journal as it was heard")
    func payloads() {
        let heard = Advertisement(
            properties: [.isRandomAddress, .isConnectable], signalStrength: -71, data: [0x02, 0x01, 0x06])

        #expect(heard.payload == [0x01, 0x03, 0xB9, 0x02, 0x01, 0x06])
        #expect(Advertisement(payload: heard.payload) == heard)
        #expect(Advertisement(payload: Advertisement(data: []).payload) == Advertisement(data: []))
        #expect(Advertisement(payload: [0x01, 0x00, 0x7F])?.signalStrength == nil)
    }

    @Test(
        "a payload of another version, or of none, is no advertisement",
        arguments: [[], [0x01], [0x01, 0x00], [0x02, 0x00, 0xB9]])
    func refuses(payload: [UInt8]) {
        #expect(Advertisement(payload: payload) == nil)
    }
}
