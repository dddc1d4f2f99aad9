import FoundationEssentials
import Hummingbird
import VigilCore
import VigilStore

extension ControlRoutes {
    func command(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.commandLimit)
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            let limit = "\(Self.commandLimit / 1024) KiB"
            throw ConsoleError(
                error.status, LocalizedText(zh: "命令超过 \(limit),请缩短备注", en: "the command is longer than \(limit); shorten its note"))
        }
        let document: CommandDocument
        do {
            document = try JSONDecoder().decode(CommandDocument.self, from: Data(body.readableBytesView))
        } catch let error as DecodingError {
            throw ConsoleError(.badRequest, "the command is not understood: \(error.words)")
        }
        // Who asks is what the kernel says, not what the request says.
        let actor = Actor(contact: document.by, via: "cli", login: context.peer?.login)
        let command = Command(id: CommandID("cli-\(UUID().uuidString.lowercased())"), action: document.action, by: actor)
        let reply = await services.submit(command)
        let words: LocalizedText?
        switch reply.verdict {
        case .done: words = nil
        case .recorded(let what): words = what
        case .refused(let reason): throw ConsoleError(try await refusalStatus(command.action), reason)
        }
        return try .json(await answer(command, reply, words))
    }

    /// As things stand after the command. The command is done: a record that cannot be read now takes nothing back.
    private func answer(_ command: Command, _ reply: CommandReply, _ words: LocalizedText?) async -> CommandAnswer {
        var answer = CommandAnswer(command: command.id, message: words, timeZone: services.timeZone())
        if let id = command.action.alert, let story = try? await story(of: id) {
            answer.alert = AlertReport(story.alert, isRecorded: story.isRecorded, clock: services.clock())
        }
        if let id = reply.order ?? command.action.order { answer.order = try? await order(id) }
        return answer
    }

    private func refusalStatus(_ action: Command.Action) async throws -> HTTPResponse.Status {
        guard let id = action.alert else { return .conflict }
        return try await story(of: id) == nil ? .notFound : .conflict
    }
}
