import Hummingbird
import Logging
import VigilCore
import VigilStore

/// Gives every failure the one form `{"error": "..."}`.
struct ErrorMiddleware<Context: RequestContext>: RouterMiddleware {
    let logger: Logger

    @concurrent func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as ConsoleError {
            return try .json(error.report, status: error.status)
        } catch let error as StoreError {
            return try .json(ErrorReport(error: "\(error)"), status: .serviceUnavailable)
        } catch let error as any HTTPResponseError {
            let words = (error as? HTTPError)?.body ?? Self.words(error.status, request)
            return try .json(ErrorReport(error: words), status: error.status)
        } catch {
            logger.error("a request failed", metadata: [LogKey.error: "\(error)", LogKey.httpPath: "\(request.uri.path)"])
            return try .json(ErrorReport(error: "a fault of the program; its log says more"), status: .internalServerError)
        }
    }

    private static func words(_ status: HTTPResponse.Status, _ request: Request) -> String {
        switch status {
        case .notFound: "there is nothing at \(request.method) \(request.uri.path); docs/cli.md lists the paths"
        case .contentTooLarge: "the body is larger than is read here"
        default: status.reasonPhrase.lowercased()
        }
    }
}
