import VigilCore

/// Finds out which part of a payload makes which fact, by taking the parts away one by one.
///
/// No decoder has to say what it reads: one that is asked again without a part, and answers the same, has not used it. That holds for every
/// decoder, also for one that is written tomorrow.
struct Explainer {
    /// A payload of more parts is explained as far as this.
    static let partLimit = 500
    static let longestValue = 80

    let entry: DecoderRegistry.Entry
    let filter: String?
    let frame: Frame

    private struct Answer {
        let facts: [Explanation.Fact]
        let times: [EventTime?]
        let faults: [String]
        let decoded: Decoded
        /// nil where code reads the dialect.
        let trace: ProfileTrace?
    }

    /// - Throws: `DecodeFailure` where the whole payload is not understood.
    func explain(_ address: DeviceAddress) throws(DecodeFailure) -> Explanation {
        let whole = try answer(frame.payload, address)
        var explanation = Explanation(
            dialect: entry.dialect, decoder: "\(type(of: entry.decoder))", filter: filter, device: address.name, facts: whole.facts,
            faults: whole.faults, parts: [], shared: [], further: 0)
        if let structures = advertisedStructures() {
            explanation.parts = structures.map { part($0.path, $0.value, without: $0.rest, of: whole, address) }
            return explanation
        }
        let body = frame.body
        guard (try? JSONReader().read(body, { _ in true })) != nil else { return explanation }  // no JSON has no parts
        let scanner = JSONLeafScanner(body, limit: Self.partLimit)
        explanation.parts = scanner.leaves.map { leaf in
            var part = part(leaf.path, value(leaf, in: body), without: leaf.removed(from: body), of: whole, address)
            if part.role == .ignored, let unused = whole.trace?.unused(leaf.steps) {
                part.unused = unused.why
                part.origin = unused.mark?.inFile
            }
            return part
        }
        explanation.further = scanner.further
        let told = Set(explanation.parts.flatMap { $0.role == .told ? $0.facts : [] })
        let isWhole = scanner.further == 0 && !explanation.parts.contains { $0.role == .needed }
        if isWhole { explanation.shared = whole.facts.filter { !told.contains($0) && $0.kind != .device_alive } }
        return explanation
    }

    /// What a part of the payload is to the whole, by what is missing without it.
    private func part(
        _ path: String, _ value: String, without rest: [UInt8], of whole: Answer, _ address: DeviceAddress
    ) -> Explanation.Part {
        var part = Explanation.Part(path: path, value: value, role: .ignored, facts: [])
        let without: Answer
        do {
            without = try answer(rest, address)
        } catch {
            part.role = .needed
            part.reason = error.description
            return part
        }
        let gone = Self.difference(whole.facts, without.facts).filter { $0.kind != .device_alive }
        let come = Self.difference(without.facts, whole.facts).filter { $0.kind != .device_alive && $0.kind != .not_measured }
        let mended = Self.difference(whole.faults, without.faults)
        if !gone.isEmpty {
            (part.role, part.facts) = (.told, gone)
        } else if !mended.isEmpty {
            (part.role, part.reason) = (.faulty, mended.joined(separator: "; "))
        } else if !come.isEmpty {
            (part.role, part.facts) = (.withholds, come)
        } else if whole.times != without.times {
            part.role = .timed
        } else if whole.decoded.receipt != without.decoded.receipt || whole.decoded.isRepeat != without.decoded.isRepeat {
            part.role = .receipt
        }
        return part
    }

    private func answer(_ payload: [UInt8], _ address: DeviceAddress) throws(DecodeFailure) -> Answer {
        var frame = frame
        frame.payload = payload
        let trace = try trace(of: frame)
        let decoded: Decoded
        if let trace {
            decoded = trace.decoded
        } else {
            var state = DialectState()
            decoded = try entry.decoder.decode(frame, state: &state)
        }
        let facts = decoded.observations.enumerated().map { index, observation in
            Explanation.Fact(
                device: (observation.device ?? address).name, kind: observation.kind, value: observation.value,
                origin: trace?.origin(of: index)?.inFile)
        }
        return Answer(
            facts: facts, times: decoded.observations.map(\.eventTime), faults: decoded.faults, decoded: decoded, trace: trace)
    }

    /// What a profile made of it; nil where code reads the dialect.
    private func trace(of frame: Frame) throws(DecodeFailure) -> ProfileTrace? {
        guard let decoder = entry.decoder as? ProfileDecoder else { return nil }
        return try decoder.trace(frame)
    }

    /// What stands in one list and not in the other, each as often as it is missing.
    private static func difference<Element: Hashable>(_ list: [Element], _ other: [Element]) -> [Element] {
        var left: [Element: Int] = [:]
        for element in other { left[element, default: 0] += 1 }
        return list.filter { element in
            guard let count = left[element], count > 0 else { return true }
            left[element] = count - 1
            return false
        }
    }

    private func value(_ leaf: JSONLeaf, in body: [UInt8]) -> String {
        let text = String(decoding: body[leaf.value], as: UTF8.self)
        return text.count > Self.longestValue ? "\(text.prefix(Self.longestValue))…" : text
    }
}
