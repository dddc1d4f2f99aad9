import Testing
import VigilCore

@testable import VigilNotify

@Suite struct ReplyBodyTests {
    private let tokens = ChannelServices.sampleTokens

    @Test(
        "what the button posts reads back, whatever the ids hold",
        arguments: [("fall-r0042-7", "c-wang"), ("fall-李 奶奶-7", "王 %20"), ("a\nb", "c\td")] as [(AlertID, ContactID)])
    func roundTrip(alert: AlertID, contact: ContactID) {
        let body = ReplyBody.write(alert: alert, contact: contact, token: tokens.make(alert: alert, contact: contact))

        #expect(
            ReplyBody.read(body, via: "ntfy", tokens: tokens) == .reply(Reply(.accept, alert: alert, contact: contact, via: "ntfy")))
    }

    @Test(
        "what the button does not post is garbage",
        arguments: [
            "", "accept", "accept a b", "accept a b c d", "close a b c", "ACCEPT a b c", " accept a b c", "accept  b c",
            "accept a%2 b c",
            "accept a%zz b c", "accept a%ff b c", "triggered",
        ])
    func garbage(body: String) {
        #expect(ReplyBody.read(body, via: "ntfy", tokens: tokens) == .garbage)
    }

    @Test("a token of another alert, another person or nobody is forged")
    func forged() {
        let token = tokens.make(alert: "fall-r0042-7", contact: "c-wang")

        #expect(ReplyBody.read("accept fall-r0042-8 c-wang \(token)", via: "ntfy", tokens: tokens) == .forged)
        #expect(ReplyBody.read("accept fall-r0042-7 c-li \(token)", via: "ntfy", tokens: tokens) == .forged)
        #expect(ReplyBody.read("accept fall-r0042-7 c-wang ", via: "ntfy", tokens: tokens) == .forged)
        #expect(ReplyBody.read("accept fall-r0042-7 c-wang \(token.dropLast())", via: "ntfy", tokens: tokens) == .forged)
    }
}
