import Testing

@testable import VigilCore

struct AnnouncementsTests {
    private func made(_ number: Int, model: String? = nil) -> AnnouncementChange {
        .made(
            Announcement(
                topic: "homeassistant/binary_sensor/\(number)/config",
                address: DeviceAddress(dialect: "zigbee2mqtt", name: "\(number)"),
                model: model, readings: [Announcement.Reading(kind: .smoke, deviceClass: "smoke", topic: "zigbee2mqtt/\(number)")]))
    }

    @Test("the same entry is told once, another on its topic again")
    func changes() {
        var announcements = Announcements()

        let news = [made(1), made(1), made(1, model: "B"), made(1, model: "B")].map { announcements.isNews($0) }

        #expect(news == [true, false, true, false])
    }

    @Test("what was withdrawn is news when it comes back; what turns useless is told once")
    func withdrawals() {
        var announcements = Announcements()
        let topic = made(1).topic

        let news = [made(1), .withdrawn(topic: topic), made(1), .useless(topic: topic), .useless(topic: topic)].map {
            announcements.isNews($0)
        }

        #expect(news == [true, true, true, true, false])
        #expect(announcements.count == 0)
    }

    @Test("a flood of entries stays within the cap and pushes nothing out")
    func flood() {
        var announcements = Announcements()
        _ = announcements.isNews(made(-1))
        for number in 0..<5000 { _ = announcements.isNews(made(number)) }

        let news = [made(-1), made(-1, model: "B"), made(9999)].map { announcements.isNews($0) }

        #expect(announcements.count == 2000)
        #expect(news == [false, true, false])
    }

    @Test("a topic that nobody would use is nobody's")
    func endlessTopic() {
        var announcements = Announcements()

        let isNews = announcements.isNews(.withdrawn(topic: String(repeating: "x", count: 300)))

        #expect(!isNews)
    }
}
