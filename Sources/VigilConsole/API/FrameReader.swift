import VigilCore

/// Reads frames of the journal by themselves, to find those that concern a device: the first route that fits decides who speaks.
///
/// What a device said before is not known here, so what was made of a frame only the engine can say (`FrameVerdict`).
struct FrameReader: Sendable {
    struct Reading {
        let address: DeviceAddress
        let outcome: Result<Decoded, DecodeFailure>

        /// Whether the device sent it, or is spoken of in it.
        func concerns(_ device: DeviceAddress) -> Bool {
            if address == device { return true }
            guard case .success(let decoded) = outcome else { return false }
            return decoded.observations.contains { $0.device == device }
        }
    }

    private struct Route: Sendable {
        let source: SourceID
        let filter: TopicFilter
        let decoder: any PayloadDecoder
    }

    private let routes: [Route]
    private let devices: [DeviceAddress: Device]

    /// - Parameter registry: says what a press means.
    init(_ rules: RuleSet, decoders: [any PayloadDecoder], registry: Registry) {
        devices = Dictionary(registry.devices.map { ($0.address, $0) }) { first, _ in first }
        routes = rules.routes.compactMap { route in
            decoders.first { $0.dialect == route.dialect }.map {
                Route(source: route.source, filter: TopicFilter(route.filter), decoder: $0)
            }
        }
    }

    /// nil where nobody speaks.
    func read(_ frame: Frame) -> Reading? {
        guard let (decoder, address) = speaker(of: frame) else { return nil }
        var state = DialectState()
        do {
            var decoded = try decoder.decode(frame, state: &state)
            decoded.observations = decoded.observations.map { observation in
                devices[observation.device ?? address].map(observation.meant) ?? observation
            }
            return Reading(address: address, outcome: .success(decoded))
        } catch {
            return Reading(address: address, outcome: .failure(error))
        }
    }

    /// Whose frame it is, by its topic alone.
    func address(of frame: Frame) -> DeviceAddress? { speaker(of: frame)?.address }

    private func speaker(of frame: Frame) -> (decoder: any PayloadDecoder, address: DeviceAddress)? {
        guard let route = routes.first(where: { $0.source == frame.source && $0.filter.matches(frame.topic) }),
            let address = route.decoder.address(of: frame)
        else { return nil }
        return (route.decoder, address)
    }
}
