import Glibc

/// Ctrl-C and SIGTERM as a question that the loop asks, instead of a handler that runs anywhere.
struct Interruption {
    /// From here on the two signals no longer end the process; it must ask.
    init() {
        var signals = Self.signals
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A broker that goes away must be an error of the call, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether somebody wants the program to end.
    var isRequested: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1
    }

    private static var signals: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        return signals
    }
}
