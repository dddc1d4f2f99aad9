public import Foundation
import Glibc

extension Process {
    /// Runs it with no signal blocked.
    ///
    /// A child inherits its parent thread's signal mask, and libdispatch's threads, on which tests run, block nearly everything:
    /// a daemon that was started from one would never see SIGTERM.
    public func runUnmasked() throws {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}
