import FoundationEssentials
import Hummingbird
import VigilCore
import VigilStore

extension ControlRoutes {
    func command(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.commandLimit)
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
        switch reply.verdict {
        case .done: return try .json(await answer(command, reply))
        case .refused(let reason): throw ConsoleError(try await refusalStatus(command.action), reason)
        }
    }

    /// As things stand after the command. The command is done: a record that cannot be read now takes nothing back.
    private func answer(_ command: Command, _ reply: CommandReply) async -> CommandAnswer {
        var answer = CommandAnswer(command: command.id)
        let clock = services.clock()
        if let id = command.action.alert, let story = try? await services.reader.alert(id) {
            answer.alert = AlertReport(story.alert, clock: clock)
        }
        if let id = reply.order ?? command.action.order, let order = try? await services.reader.order(id) {
            answer.order = OrderReport(order, clock: clock)
        }
        return answer
    }

    private func refusalStatus(_ action: Command.Action) async throws -> HTTPResponse.Status {
        guard let id = action.alert else { return .conflict }
        return try await services.reader.alert(id) == nil ? .notFound : .conflict
    }
}
