import Glibc

/// Looks again and again until it is so, for as long as no healthy run needs.
func patiently(seconds: Int = 60, _ holds: () throws -> Bool) rethrows -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while try !holds() {
        if ContinuousClock.now > end { return false }
        usleep(50_000)
    }
    return true
}
