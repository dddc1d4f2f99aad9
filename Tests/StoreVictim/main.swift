// A process that uses the store as the gateway does, and that tests may kill, starve or lie to.
//
// Arguments: state directory, size of the ballast, `verify` for a checked opening, `shipped` for the options as
// they are shipped. Commands come line by line on standard input, answers go
// to standard output in single writes, so that an answer is whole or absent. Exit codes: 0 told to stop, 3 the store did not open.

internal import Foundation
internal import VigilStore

let arguments = CommandLine.arguments
guard arguments.count >= 3, let ballast = Int(arguments[2]) else {
    say("usage: store-victim DIRECTORY BALLAST-BYTES [verify] [shipped]")
    exit(64)
}
var options = StoreOptions()
options.ballastBytes = ballast
options.checkpointPages = arguments.contains("shipped") ? options.checkpointPages : 20
options.verification = arguments.contains("verify") ? .full : .none

do throws(StoreError) {
    let victim = try Victim(directory: arguments[1], options: options)
    say("open \(victim.lastSequence)")
    while let line = readLine() { victim.obey(line.split(separator: " ").map(String.init)) }
} catch {
    say("refused \(error.kind.rawValue) \(error)")
    exit(3)
}
