/// Why a command ends otherwise than hoped, in words for standard error.
struct CommandFailure: Error {
    let status: ExitStatus
    let lines: [String]

    init(_ status: ExitStatus, _ words: String) { self.init(status, lines: ["vigil: \(words)"]) }

    init(_ status: ExitStatus, lines: [String]) {
        self.status = status
        self.lines = lines
    }
}
