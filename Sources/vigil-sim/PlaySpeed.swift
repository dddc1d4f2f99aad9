import ArgumentParser

/// How much faster than a day in two minutes.
struct PlaySpeed: ExpressibleByArgument {
    static let normal = PlaySpeed(factor: 1)

    let factor: Double

    private init(factor: Double) { self.factor = factor }

    /// `2`, `2x`, `0.5`; faster than a thousand days in two minutes helps nobody.
    init?(argument: String) {
        let number = argument.hasSuffix("x") ? String(argument.dropLast()) : argument
        guard let factor = Double(number), (0.001...1000).contains(factor) else { return nil }
        self.factor = factor
    }

    var defaultValueDescription: String { "\(factor)" }

    /// A length of the story as it takes at this speed.
    func scaled(_ length: Duration) -> Duration { length / factor }
}
