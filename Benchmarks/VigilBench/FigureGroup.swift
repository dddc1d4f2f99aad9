import ArgumentParser

/// What is measured together; the words of the command line.
enum FigureGroup: String, CaseIterable, ExpressibleByArgument {
    case receive, latency, engine, decode, alerts, ready, memory, wear, flood, radio

    func measure(in scratch: Scratch, runs: Int) throws -> [Figure] {
        switch self {
        case .receive: try ReceiveRate(scratch: scratch, runs: runs).measure()
        case .latency: try AlertLatency(scratch: scratch, runs: runs).measure()
        case .engine: try EngineCost(scratch: scratch, runs: runs).measure()
        case .decode: try DecodeCost(runs: runs).measure()
        case .alerts: try AlertCost(scratch: scratch, runs: runs).measure()
        case .ready: try ReadyTime(scratch: scratch, runs: runs).measure()
        case .memory: try DaemonMemory(scratch: scratch).measure()
        case .wear: try FlashWear(scratch: scratch).measure()
        case .flood: try SmokeFlood(scratch: scratch).measure()
        case .radio:
            try RadioRate(scratch: scratch, runs: runs).measure() + RadioLatency(scratch: scratch, runs: runs).measure()
        }
    }
}
