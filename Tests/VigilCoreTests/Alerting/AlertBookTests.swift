import Testing
import VigilTesting

@testable import VigilCore

struct AlertBookTests {
    private func alert(_ subject: Subject = .resident("r1"), episode: Int) throws -> Alert {
        var script = EngineScript()
        script.say("button1", "sos=true")
        var alert = try #require(script.alerts.first)
        alert.key = AlertKey(kind: "sos", subject: subject)
        alert.episode = episode
        alert.id = AlertID("sos-\(subject.name)-\(episode)")
        return alert
    }

    @Test("episodes go on where they were, alert or no alert")
    func episodes() throws {
        var book = AlertBook()
        let first = try alert(episode: 1)
        book.put(first)
        book.forget(first.id)

        #expect(book.nextEpisode(of: first.key) == 2)
    }

    @Test("a resident and a flat of one name never share an id")
    func namesakes() throws {
        var book = AlertBook()
        book.put(try alert(.resident("501"), episode: 1))

        #expect(book.nextEpisode(of: AlertKey(kind: "sos", subject: .dwelling("501"))) == 2)
    }

    @Test("a note on an older episode leaves the later one the latest")
    func olderEpisode() throws {
        var book = AlertBook()
        let first = try alert(episode: 1)
        let second = try alert(episode: 2)
        book.put(first)
        book.put(second)

        book.put(first)

        #expect(book.latest(first.key)?.id == second.id)
    }
}
