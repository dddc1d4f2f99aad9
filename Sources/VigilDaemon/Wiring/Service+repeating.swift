import ServiceLifecycle

extension Service {
    /// Does something at once, and again and again until the daemon shuts down.
    func repeatUntilShutdown(every interval: Duration, _ body: @escaping @Sendable () async -> Void) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await body()
                // Cancelled at shutdown: the loop's condition sees it.
                try? await Task.sleep(for: interval)
            }
        }
    }
}
