import Foundation

/// What the kernel tells of a process.
enum ProcessFacts {
    /// Seconds of processor time, of the program and of the kernel on its behalf.
    static func processorSeconds(_ process: Int32) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // Spec: proc(5). The name may hold spaces; after its bracket, utime and stime are the 12th and 13th fields.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst()
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// A line of /proc/<pid>/status in MiB: `VmRSS`, `VmHWM`.
    static func mebibytes(_ name: String, of process: Int32) throws -> Double {
        try number(after: name, in: "/proc/\(process)/status") / 1024
    }

    /// Bytes that this process caused to be sent to the disk.
    static func bytesWritten() throws -> Double { try number(after: "write_bytes", in: "/proc/self/io") }

    private static func number(after name: String, in path: String) throws -> Double {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let words = lines.first { $0.hasPrefix("\(name):") }?.split(whereSeparator: \.isWhitespace)
        guard let words, words.count > 1, let value = Double(words[1]) else { throw BenchFailure("\(path): no line \(name)") }
        return value
    }
}
