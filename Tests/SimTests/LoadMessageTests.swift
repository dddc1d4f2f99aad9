import Foundation
import Testing

@testable import vigil_sim

@Suite struct LoadMessageTests {
    private let message = LoadMessage(run: "a1", prefix: "motion", devices: 3)

    @Test("a message is of the usual size, is JSON and carries its marker")
    func shape() throws {
        let publication = message.publication(4)

        #expect((180...220).contains(publication.payload.utf8.count))
        let fields = try JSONSerialization.jsonObject(with: Data(publication.payload.utf8)) as? [String: Any]
        #expect(fields?["marker"] as? String == "a1-00000004")
    }

    @Test("devices take turns, and each changes with every turn")
    func devices() {
        let topics = (1...4).map { message.publication($0).topic }

        #expect(topics == ["zigbee2mqtt/motion-0001", "zigbee2mqtt/motion-0002", "zigbee2mqtt/motion-0003", "zigbee2mqtt/motion-0001"])
        #expect(message.publication(1).payload.contains(#""occupancy":true"#))
        #expect(message.publication(4).payload.contains(#""occupancy":false"#))
    }
}
