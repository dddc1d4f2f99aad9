/// Measured values, to be asked for their middle and their ends.
struct Samples {
    private(set) var values: [Double]

    init(_ values: [Double] = []) { self.values = values.sorted() }

    /// The middle one; of an even number the mean of the middle two.
    var median: Double {
        guard !values.isEmpty else { return .nan }
        return (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    }
    var worst: Double { values.last ?? .nan }

    /// The smallest value that this share of all values does not exceed.
    func quantile(_ share: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        let rank = (share * Double(values.count)).rounded(.up)
        return values[min(max(Int(rank) - 1, 0), values.count - 1)]
    }

    var text: String { values.map { Figure.text($0) }.joined(separator: " ") }
}
