internal import VigilCore

extension DeliveryOutcome {
    /// The verdict on a request that got no answer.
    init(_ failure: HTTPFailure) {
        let (reason, cause) = (failure.description, failure.cause)
        self = failure.isPermanent ? .permanent(reason: reason, cause: cause) : .retryable(reason: reason, after: nil, cause: cause)
    }

    /// The verdict on an answer that is no 2xx, by its status alone; nil for a 2xx, which the channel judges by the body.
    ///
    /// - Parameter detail: the provider's own words, already known to hold no secret.
    init?(refusal response: HTTPResponse, from place: String, detail: String? = nil, now: WallTime) {
        let reason = "\(place) answered \(response.status)\(detail.map { ": \($0)" } ?? "")"
        let after = response.retryAfter.flatMap { RetryAfter.wait($0, now: now) }
        switch response.status {
        case 200..<300: return nil
        // Nothing is followed: the address is wrong, or something between (a hotel's log-in page) answers in the server's place.
        case 301, 308: self = .permanent(reason: "\(reason), moved for good; write the address that it moved to", cause: .http3xx)
        case 300..<400: self = .retryable(reason: "\(reason), a redirect, which is not followed", after: after, cause: .http3xx)
        // RFC 9110: the request timed out, came too early or too often. Everything else in 4xx says that the request is wrong.
        case 429: self = .retryable(reason: reason, after: after, cause: .quota)
        case 408, 425: self = .retryable(reason: reason, after: after, cause: .http4xx)
        case 400..<500: self = .permanent(reason: reason, cause: .http4xx)
        default: self = .retryable(reason: reason, after: after, cause: .http5xx)
        }
    }
}
