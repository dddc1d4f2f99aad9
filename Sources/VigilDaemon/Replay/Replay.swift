import Foundation
public import VigilCore

/// Runs inputs through the real engine and tells what comes of them: the same lines give the same bytes.
public struct Replay {
    private var engine: Engine
    private var basis: ReplayBasis
    private var hasRegistry = false
    private var hasRules = false
    /// Stands in for the source that a line does not name, and listens all the time.
    private var standIn: SourceID?
    private var lastAt = EngineTime(0)
    private let encoder: JSONEncoder

    /// - Parameter decoders: of `DecoderRegistry`.
    public init(decoders: [any PayloadDecoder], basis: ReplayBasis = ReplayBasis()) {
        engine = Engine(decoders: decoders)
        self.basis = basis
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    }

    /// Replays a file's lines, and hands over what comes of them as lines without their line feed.
    ///
    /// - Throws: `ReplayFault` for a line that is not understood, and what `output` throws.
    public static func run(
        lines: some Sequence<String>, decoders: [any PayloadDecoder], basis: ReplayBasis = ReplayBasis(),
        output: (String) throws -> Void
    ) throws {
        var replay = Replay(decoders: decoders, basis: basis)
        for (index, text) in lines.enumerated() where !text.allSatisfy(\.isWhitespace) {
            do {
                try replay.take(try ReplayLine(text: text), output: output)
            } catch let fault as ReplayFault {
                throw ReplayFault(line: index + 1, fault.words)
            }
        }
    }

    /// Takes one line; what it leads to goes to `output`.
    public mutating func take(_ line: ReplayLine, output: (String) throws -> Void) throws {
        var effects: [(EngineTime, Effect)] = []
        switch line.input {
        case .registryChange(let registry):
            apply(.registryChange(chosen(registry, over: basis.registry)), of: line, into: &effects)
            hasRegistry = true
        case .rulesChange(let rules):
            apply(.rulesChange(chosen(rules, over: basis.rules)), of: line, into: &effects)
            hasRules = true
        case .started, .clock: apply(line.input, of: line, into: &effects)
        case .frame(var frame):
            try stand(at: line.at, into: &effects)
            if frame.source == "" { frame.source = listen(at: line.at, into: &effects) }
            apply(.frame(frame), of: line, into: &effects)
        default:
            try stand(at: line.at, into: &effects)
            apply(line.input, of: line, into: &effects)
        }
        for (at, effect) in effects {
            try output(String(decoding: try encoder.encode(ReplayEffectLine(at: at, effect: effect)), as: UTF8.self))
        }
    }

    private func chosen<Value>(_ own: Value, over other: Value?) -> Value { basis.isOverriding ? other ?? own : own }

    // MARK: What the lines leave out

    /// The first line that needs people and rules finds them.
    private mutating func stand(at time: EngineTime, into effects: inout [(EngineTime, Effect)]) throws {
        if !hasRegistry, let registry = basis.registry { insert(.registryChange(registry), at: time, into: &effects) }
        hasRegistry = true
        guard !hasRules else { return }
        guard let rules = basis.rules else {
            throw ReplayFault("no rules yet; begin with a line of rules, or name a configuration with --config")
        }
        insert(.rulesChange(rules), at: time, into: &effects)
        hasRules = true
    }

    /// Lines without a source come from one that listens: otherwise no silence in them could ever be judged.
    private mutating func listen(at time: EngineTime, into effects: inout [(EngineTime, Effect)]) -> SourceID {
        if let standIn { return standIn }
        let source = engine.rules.routes.first?.source ?? "replay"
        standIn = source
        insert(.health(Health(.source(source), .up)), at: time, into: &effects)
        return source
    }

    // MARK: Running

    private mutating func apply(_ input: Input, of line: ReplayLine, into effects: inout [(EngineTime, Effect)]) {
        if let standIn, let due = engine.nextDeadline, due <= line.at {
            insert(.deadline(heardUntil: [HeardUntil(source: standIn, time: line.at)]), at: line.at, into: &effects)
        }
        run(StampedInput(sequence: line.sequence ?? engine.sequence + 1, at: line.at, input: input), into: &effects)
        if case .started = input, let standIn {
            insert(.health(Health(.source(standIn), .up)), at: line.at, into: &effects)
        }
    }

    private mutating func insert(_ input: Input, at time: EngineTime, into effects: inout [(EngineTime, Effect)]) {
        run(StampedInput(sequence: engine.sequence + 1, at: time, input: input), into: &effects)
    }

    private mutating func run(_ stamped: StampedInput, into effects: inout [(EngineTime, Effect)]) {
        var fresh: [Effect] = []
        engine.apply(stamped, into: &fresh)
        let now = max(stamped.at, engine.now)
        for effect in fresh {
            let at = effect.isAnswer ? now : max(lastAt, min(effect.time ?? lastAt, now))
            lastAt = at
            effects.append((at, effect))
        }
    }
}
