import VigilCore

/// What is answered to a device that speaks on a channel on which nobody listens.
// Source: Bluetooth Core Specification 5.4, volume 3, part A, sections 2.1 and 4; part H, section 3.5.5.
struct L2CAPReply: Hashable {
    enum Channel {
        static let attributes: UInt16 = 0x0004
        static let signalling: UInt16 = 0x0005
        static let pairing: UInt16 = 0x0006
    }

    private enum Signal {
        static let reject: UInt8 = 0x01
        static let updateRequest: UInt8 = 0x12
        static let updateResponse: UInt8 = 0x13
    }

    private enum Pairing {
        static let request: UInt8 = 0x01
        static let failed: UInt8 = 0x05
        static let securityRequest: UInt8 = 0x0B
        static let notSupported: UInt8 = 0x05
    }

    let payload: [UInt8]
    /// The device asked for it, and gets it.
    let pace: HCICommand.ConnectionPace?

    private init(_ payload: [UInt8], pace: HCICommand.ConnectionPace? = nil) {
        self.payload = payload
        self.pace = pace
    }

    /// - Parameter message: nil for what nothing is answered to: answers, and channels that are not known.
    init?(to message: L2CAPAssembly.Message) {
        var reader = ByteReader(message.payload[...])
        switch message.channel {
        case Channel.signalling: self.init(toSignal: &reader)
        case Channel.pairing:
            guard let code = reader.byte(), code == Pairing.request || code == Pairing.securityRequest else { return nil }
            self.init([Pairing.failed, Pairing.notSupported])
        default: return nil
        }
    }

    private init?(toSignal reader: inout ByteReader) {
        guard let code = reader.byte(), let identifier = reader.byte(), let length = reader.word(), Self.isRequest(code) else {
            return nil
        }
        guard code == Signal.updateRequest else {
            // 0: the command is not understood.
            self.init([Signal.reject, identifier] + HCICommand.word(2) + HCICommand.word(0))
            return
        }
        guard length == 8, let shortest = reader.word(), let longest = reader.word(), let latency = reader.word(),
            let timeout = reader.word()
        else { return nil }
        let pace = HCICommand.ConnectionPace(shortest: shortest, longest: longest, latency: latency, timeout: timeout)
        // 0: accepted, 1: rejected.
        let result: UInt16 = pace.isAllowed ? 0 : 1
        self.init(
            [Signal.updateResponse, identifier] + HCICommand.word(2) + HCICommand.word(result), pace: pace.isAllowed ? pace : nil)
    }

    /// Requests have even codes, their answers the odd ones above; indications, of credits and the like, have none.
    private static func isRequest(_ code: UInt8) -> Bool {
        let credits: UInt8 = 0x16
        return code.isMultiple(of: 2) && code != 0 && code != credits
    }
}
