import ArgumentParser
import Foundation

/// Measures the figures that are named, or all of them.
struct MeasureCommand: ParsableCommand {
    enum Output: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measures the named figures, or all.",
        discussion: "Figures: \(FigureGroup.allCases.map(\.rawValue).joined(separator: ", "))")

    @Argument(help: "What to measure.")
    var figures: [FigureGroup] = []

    @Option(name: .shortAndLong, help: "How the result is written: \(Output.allCases.map(\.rawValue).joined(separator: " or ")).")
    var output = Output.table

    @Option(help: "How often each measurement is repeated; the median counts.")
    var runs = 5

    @Option(help: "Where brokers and databases live while they are measured: the disk that is asked about.")
    var scratch = FileManager.default.temporaryDirectory.path

    func validate() throws {
        guard (1...99).contains(runs) else { throw ValidationError("--runs must be 1 to 99, not \(runs)") }
    }

    func run() throws {
        let room = try Scratch(under: scratch)
        defer { room.remove() }
        let interruption = Interruption(scratch: room)
        defer { interruption.end() }
        var hasFailed = false
        for group in figures.isEmpty ? FigureGroup.allCases : figures {
            let measured = try group.measure(in: room, runs: runs)
            for figure in measured {
                print(try output == .json ? figure.json() : figure.line)
                hasFailed = hasFailed || !figure.isMet
            }
        }
        if hasFailed { throw ExitCode.failure }
    }
}
