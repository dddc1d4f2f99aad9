import VigilCore

/// A simulated alert in words.
struct SimulationText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ simulation: PolicySimulation) -> String {
        var parts = [Words.simulated(simulation, at: clock.text(simulation.at))[language], table(simulation)]
        if !simulation.isComplete { parts.append(Words.simulationCut(simulation.lines.count)[language]) }
        return parts.joined(separator: "\n\n")
    }

    private func table(_ simulation: PolicySimulation) -> String {
        var table = TextTable([
            .init(title: Words.afterwards[language]), .init(title: Words.time[language]), .init(title: Words.step[language]),
            .init(title: Words.who[language], isFlexible: true), .init(title: Words.role[language]),
            .init(title: Words.channel[language]),
            .init(title: Words.method[language], isFlexible: true), .init(title: Words.remark[language], isFlexible: true),
        ])
        table.rows = simulation.lines.map { line in
            [
                Self.minutes(line.after), clock.short(line.at, now: simulation.at), line.step.map { "\($0)" } ?? "",
                line.name ?? line.contact?.rawValue ?? "", line.role.map { Words.name(of: $0)[language] } ?? "",
                line.channel?.rawValue ?? "", line.address ?? "", remark(line, simulation),
            ]
        }
        return table.text
    }

    private func remark(_ line: SimulatedLine, _ simulation: PolicySimulation) -> String {
        let until = line.until.map { clock.short($0, now: simulation.at) } ?? ""
        switch line.event {
        case .pending: return Words.mayCancel(until: until)[language]
        case .told: return (line.round ?? 0) > 0 ? Words.again[language] : ""
        case .acted: return Words.name(of: .action)[language]
        case .deferred: return Words.deferred(until: until, line.cause)[language]
        case .empty: return Words.emptyStep((line.recipients ?? []).joined(separator: ", "))[language]
        case .nobodyReachable: return Words.name(of: .nobody_reachable)[language]
        }
    }

    /// `03:00`, `120:00`: minutes and seconds, however many minutes.
    private static func minutes(_ length: Milliseconds) -> String {
        let (minutes, seconds) = (length.rawValue / 1000).quotientAndRemainder(dividingBy: 60)
        return "\(minutes < 10 ? "0" : "")\(minutes):\(seconds < 10 ? "0" : "")\(seconds)"
    }
}
