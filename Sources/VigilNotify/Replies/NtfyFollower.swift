internal import VigilCore

/// The loop of `NtfyReplies`: streams, polls, waits, and remembers where it is. Owned by its thread.
final class NtfyFollower {
    enum News {
        case up
        case down(reason: String)
        case message(id: String, text: String)
    }

    private let configuration: NtfyReplies.Configuration
    private let cancellation: HTTPCancellation
    private let onNews: (News) -> Void
    private let client: HTTPClient
    private var position: String?
    private var isUp: Bool?
    private var failures = 0
    private var pollsLeft = 0
    /// A server sends a message that comes while a stream begins twice: from its cache and as it comes.
    private var seen: [String] = []
    private static let seenLimit = 256

    init(
        _ configuration: NtfyReplies.Configuration, after position: String?, cancellation: HTTPCancellation,
        onNews: @escaping (News) -> Void
    ) {
        self.configuration = configuration
        self.position = position.flatMap { NtfySettings.isMessageID($0) ? $0 : nil }
        self.cancellation = cancellation
        self.onNews = onNews
        client = HTTPClient(configuration.http)
    }

    func run() {
        while !cancellation.isCancelled {
            let pause = pollsLeft > 0 ? poll() : stream()
            if cancellation.wait(pause) { return }
        }
    }

    /// Reads until the stream ends; answers how long to wait before the next attempt.
    private func stream() -> Milliseconds {
        var hasHeard = false
        let result = client.stream(request(isPoll: false), patience: configuration.patience, until: cancellation) { line in
            hasHeard = take(line) || hasHeard
            return !cancellation.isCancelled
        }
        if hasHeard { return configuration.backOff.lowerBound }
        // A connection that says nothing, not even that it is open: something in between keeps it back. A poll has an end, so it gets through.
        if case .failure(.silent) = result {
            pollsLeft = configuration.pollsPerStream
            return .zero
        }
        return note(result)
    }

    private func poll() -> Milliseconds {
        pollsLeft -= 1
        let deadline = configuration.http.deadline
        let patience = HTTPClient.Patience(first: deadline, later: deadline, total: deadline)
        let result = client.stream(request(isPoll: true), patience: patience, until: cancellation) { line in
            _ = take(line)
            return true
        }
        if case .success(let response) = result, response.isSuccess {
            report(isUp: true)
            return configuration.pollEvery
        }
        return note(result)
    }

    private func request(isPoll: Bool) -> HTTPRequest {
        let since = position ?? "all"
        let url = "\(configuration.server)/\(configuration.topic)/json?since=\(since)\(isPoll ? "&poll=1" : "")"
        return HTTPRequest("GET", url, headers: configuration.credential.map { [$0.header] } ?? [])
    }

    /// Says whether the line is ntfy's: one of a log-in page, for example, says nothing about the topic.
    private func take(_ line: [UInt8]) -> Bool {
        guard let answer = NtfyAnswer(line), let event = answer.event, answer.topic == configuration.topic else { return false }
        failures = 0
        report(isUp: true)
        guard event == "message", let id = answer.id, NtfySettings.isMessageID(id), !seen.contains(id) else { return true }
        seen.append(id)
        if seen.count > Self.seenLimit { seen.removeFirst() }
        position = id
        onNews(.message(id: id, text: answer.message ?? ""))
        return true
    }

    /// Notes a failed attempt; answers how long to wait: doubling, with a third of it left to chance so that a server that comes back is not
    /// met by everyone at once.
    private func note(_ result: Result<HTTPResponse, HTTPFailure>) -> Milliseconds {
        switch result {
        case .failure(.cancelled): return .zero
        case .failure(let failure): report(isUp: false, failure.description)
        case .success(let response):
            report(
                isUp: false,
                "\(request(isPoll: false).place) answered \(response.status) where replies are read, and not as ntfy does; check server, reply_topic and token"
            )
        }
        let doubled = configuration.backOff.lowerBound.rawValue << min(failures, 16)
        failures += 1
        let pause = min(doubled, configuration.backOff.upperBound.rawValue)
        return Milliseconds(pause - Int64.random(in: 0...pause / 3))
    }

    private func report(isUp now: Bool, _ reason: String = "") {
        guard now != isUp else { return }
        isUp = now
        onNews(now ? .up : .down(reason: reason))
    }
}
