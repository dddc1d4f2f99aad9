import ServiceLifecycle

/// Looks after the thread of the radio, which may stop in a broken kernel without a word.
struct ReceiverWatch: Service {
    /// nil where nothing is listened to over the air.
    let radio: BluetoothReceiver?

    private static let interval = Duration.seconds(10)

    func run() async throws {
        guard let radio else { return try await gracefulShutdown() }
        await repeatUntilShutdown(every: Self.interval) { radio.lookAfter() }
    }
}
