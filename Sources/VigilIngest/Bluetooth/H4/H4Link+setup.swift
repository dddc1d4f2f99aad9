import VigilCore

/// From the reset to the scan, and the scan itself.
///
/// First the controller is asked what it can do; the rest follows from its answers.
extension H4Link {
    mutating func beginSetup(at time: BootTime) {
        state = .settingUp
        commands.add(HCICommand(.reset), at: time)
    }

    /// Switches the scan off and on again; `.ready` tells that it stands.
    mutating func restartScan(at time: BootTime) {
        guard state == .running else { return }
        state = .settingUp
        isScanPaused = false
        commands.add(.setScanEnable(false, isExtended: traits.isExtended), at: time)
        addScan(at: time)
        pump(at: time)
    }

    /// A command was answered.
    mutating func complete(_ command: HCICommand, _ status: HCIStatus, _ answer: ArraySlice<UInt8>, at time: BootTime) {
        if isConnectionCommand(command.opcode) { return completeConnection(command, status, at: time) }
        guard status == .success || !isNeeded(command) else {
            return fail("the controller refuses \(command.opcode.name): \(status)")
        }
        switch command.opcode {
        case .reset:
            for opcode in [HCICommand.Opcode.readSupportedCommands, .readAddress, .readLowEnergyBufferSize] {
                commands.add(HCICommand(opcode), at: time)
            }
        case .readSupportedCommands: if status == .success { traits.takeSupportedCommands(answer) }
        case .readAddress:
            var reader = ByteReader(answer)
            traits.usesRandomAddress = status != .success || reader.address()?.bits ?? 0 == 0
        case .readLowEnergyBufferSize:
            traits.takeLowEnergyBuffers(answer)
            if traits.packetLength > 0 { configure(at: time) } else { commands.add(HCICommand(.readBufferSize), at: time) }
        case .readBufferSize:
            traits.takeSharedBuffers(answer)
            configure(at: time)
        case .setScanEnable, .setExtendedScanEnable:
            guard command.parameters.first == 1 else { return }
            isScanPaused = false
            guard state == .settingUp else { return }
            state = .running
            events.append(.ready)
        default: break
        }
    }

    /// The controller has said what it can do.
    private mutating func configure(at time: BootTime) {
        guard traits.packetLength > 0, traits.packetCount > 0 else { return fail("the controller has no buffers for data") }
        room = traits.packetCount
        commands.add(.setEventMask, at: time)
        commands.add(.setLowEnergyEventMask(isExtended: traits.isExtended), at: time)
        if traits.usesRandomAddress { commands.add(.setRandomAddress(randomAddress), at: time) }
        addScan(at: time)
    }

    private mutating func addScan(at time: BootTime) {
        commands.add(
            .setScanParameters(
                isActive: scansActively, isExtended: traits.isExtended, usesRandomAddress: traits.usesRandomAddress), at: time)
        commands.add(.setScanEnable(true, isExtended: traits.isExtended), at: time)
    }

    /// Without which nothing can be heard. Old controllers do not know all questions, and a scan that is off cannot be switched off.
    private func isNeeded(_ command: HCICommand) -> Bool {
        switch command.opcode {
        case .readSupportedCommands, .readAddress: false
        case .setScanEnable, .setExtendedScanEnable: command.parameters.first == 1
        default: true
        }
    }

    private func isConnectionCommand(_ opcode: HCICommand.Opcode) -> Bool {
        switch opcode {
        case .createConnection, .createExtendedConnection, .cancelConnection, .disconnect, .updateConnection: true
        default: false
        }
    }
}
