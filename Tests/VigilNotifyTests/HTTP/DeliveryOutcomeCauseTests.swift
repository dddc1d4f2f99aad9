import Testing
import VigilCore

@testable import VigilNotify

struct DeliveryOutcomeCauseTests {
    @Test(
        "an answer that is a refusal is told by the class of its status, and too many messages apart",
        arguments: [
            (301, .http3xx), (302, .http3xx), (400, .http4xx), (401, .http4xx), (408, .http4xx), (429, .quota), (500, .http5xx),
            (503, .http5xx),
        ] as [(Int, DeliveryCause)])
    func status(_ status: Int, cause: DeliveryCause) {
        let response = HTTPResponse(status: status, body: [])

        #expect(DeliveryOutcome(refusal: response, from: "https://x", now: WallTime(0))?.cause == cause)
    }

    @Test("an answer that is none has no cause")
    func fine() {
        #expect(DeliveryOutcome(refusal: HTTPResponse(status: 204, body: []), from: "https://x", now: WallTime(0)) == nil)
    }

    @Test(
        "a request without an answer is told by what went wrong",
        arguments: [
            (.nameResolution(place: "x"), .unreachable), (.connect(place: "x", detail: "connection refused"), .refused),
            (.connect(place: "x", detail: "no route to host"), .unreachable), (.tls(place: "x", detail: ""), .tls),
            (.connectTimeout(place: "x"), .timeout), (.timeout(place: "x", after: .seconds(1)), .timeout),
            (.connectionLost(place: "x"), .unreachable), (.notHTTP(place: "x"), .strangeAnswer),
            (.badRequest(place: "x", detail: ""), .address), (.inside(detail: ""), .inside),
        ] as [(HTTPFailure, DeliveryCause)])
    func failure(_ failure: HTTPFailure, cause: DeliveryCause) {
        #expect(DeliveryOutcome(failure).cause == cause)
    }
}
