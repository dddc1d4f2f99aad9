/// What the process tells its caller; the last two are of sysexits(3).
enum ExitStatus: Int32 {
    case ok = 0
    /// Something was found, or refused.
    case finding = 1
    case usage = 2
    /// Nothing is wrong with the question: the daemon is not there.
    case temporary = 75
    case configuration = 78
}
