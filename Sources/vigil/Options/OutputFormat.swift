import ArgumentParser

enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json

    /// What a command line asks for, also one that is wrong otherwise and can be parsed no further.
    static func asked(in arguments: [String]) -> OutputFormat {
        let words = arguments.prefix { $0 != "--" }
        let names = ["-o", "--output", "--format"]
        let values = zip(words, words.dropFirst()).filter { names.contains($0.0) }.map(\.1)
        let joined = words.compactMap { word in names.first { word.hasPrefix("\($0)=") }.map { word.dropFirst($0.count + 1) } }
        return (values + joined.map(String.init)).contains(json.rawValue) ? .json : .table
    }
}
