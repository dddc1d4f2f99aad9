import Testing
import VigilCore
import VigilTesting

/// When an alert is closed, everybody who was told hears how it ended, in words for them.
struct OutcomeWordsTests {
    /// Closing messages by contact; `son` reads Chinese, `desk` is the property's.
    private func closing(_ outcome: OutcomeCode) -> [ContactID: Message] {
        var registry = SmallCommunity.registry()
        registry.contacts = registry.contacts.map { contact in
            var contact = contact
            if contact.id == "son" { contact.language = .chinese }
            return contact
        }
        registry.contacts.append(
            Contact(
                id: "desk", name: "Desk", role: .propertyDesk, language: .english,
                methods: [ContactMethod(channel: "push", address: "desk")]))
        var rules = SmallCommunity.rules()
        for policy in rules.policies.indices {
            rules.policies[policy].steps[0].notify = [.role(.gridOfficer), .role(.family), .role(.propertyDesk)]
        }
        var script = EngineScript(registry, rules)
        if outcome == .auto_cleared {
            script.say("band1", "heart_rate_bpm=130")
            script.wait(.minutes(1))
            script.deliverAll()
            script.say("band1", "heart_rate_bpm=80")
            script.wait(.hours(1))
        } else {
            script.say("button1", "sos=true")
            script.deliverAll()
            script.act(.close("sos-r1-1", outcome: outcome, note: "a note for the record"), by: nil)
        }
        script.deliverAll()
        let messages = script.deliveries.filter { $0.purpose == .closed }.map { ($0.contact, $0.message) }
        return Dictionary(messages) { first, _ in first }
    }

    @Test("everybody who was told hears every outcome, in their language and never as a code", arguments: OutcomeCode.allCases)
    func everyOutcome(outcome: OutcomeCode) throws {
        let messages = closing(outcome)

        #expect(messages.keys.sorted() == ["daughter", "desk", "officer", "son"])
        for (contact, role) in [
            ("officer", ContactRole.gridOfficer), ("daughter", .family), ("son", .family), ("desk", .propertyDesk),
        ] as [(ContactID, ContactRole)] {
            let message = try #require(messages[contact])
            let words = AlertWords.outcome(outcome, for: role)
            #expect(message.body.hasSuffix(words[message.language]), "\(message.body)")
            #expect(!message.body.contains(outcome.rawValue) || words.english.contains(outcome.rawValue))
            #expect(!message.body.contains("a note for the record"))
        }
        #expect(messages["son"]?.language == .chinese)
    }

    @Test("a family has words of its own for every outcome, in both languages")
    func familyWords() {
        let words = OutcomeCode.allCases.map { AlertWords.outcome($0, for: .family) }

        #expect(Set(words.map(\.chinese)).count == OutcomeCode.allCases.count)
        #expect(Set(words.map(\.english)).count == OutcomeCode.allCases.count)
        #expect(words.allSatisfy { $0.chinese.unicodeScalars.contains { $0.value >= 0x4E00 } && $0.english.allSatisfy(\.isASCII) })
        #expect(
            AlertWords.outcome(.fall_no_injury, for: .family) == LocalizedText(zh: "有人到场,未受伤", en: "somebody was with them; no injury"))
    }

    @Test(
        "what is grave asks the family to call, and a person tells them",
        arguments: [OutcomeCode.fall_injury, .medical_transport_120, .fire_119, .no_entry_police_or_locksmith, .deceased_found])
    func grave(outcome: OutcomeCode) {
        let words = AlertWords.outcome(outcome, for: .family)

        #expect(words.chinese.hasSuffix("请尽快与社区联系"))
        #expect(words.english.hasSuffix("please call the community now"))
        #expect(!words.english.contains("deceased") && !words.chinese.contains("离世"))
    }

    @Test(
        "a desk learns nothing of anybody's body or whereabouts",
        arguments: [OutcomeCode.fall_injury, .medical_on_site, .deceased_found, .away_known, .ok_confirmed_by_phone])
    func desk(outcome: OutcomeCode) {
        #expect(AlertWords.outcome(outcome, for: .propertyDesk).english == "somebody has seen to it")
    }

    @Test("a desk hears what concerns the house", arguments: [OutcomeCode.fire_119, .smoke_cooking, .gas_or_leak, .drill])
    func deskOfHouse(outcome: OutcomeCode) {
        #expect(AlertWords.outcome(outcome, for: .propertyDesk) == AlertWords.name(of: outcome))
    }
}
