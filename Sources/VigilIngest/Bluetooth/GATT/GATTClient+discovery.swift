import VigilCore

/// Finding what is wanted. Each answer must go further up than what was asked for; one that does not is where the list ends.
extension GATTClient {
    // Source: Bluetooth Core Specification 5.4, volume 3, part G, section 3.4, table 3.15.
    private static let primaryService: UInt16 = 0x2800
    private static let characteristicDeclaration: UInt16 = 0x2803
    private static let clientConfiguration = BluetoothUUID(0x2902)
    /// Notified when it changes, which takes weeks: it is read as well.
    private static let batteryLevel = BluetoothUUID(0x2A19)

    /// Asks for what is still unknown; what can be subscribed comes first, for some devices stay for seconds.
    mutating func goOn(at time: BootTime, _ actions: inout [Action]) {
        while !toSubscribe.isEmpty {
            let next = toSubscribe.removeFirst()
            if next.subscription != nil, next.handle < next.last {
                findConfiguration(next, from: next.handle + 1, at: time, &actions)
                return
            }
            readInstead(next)
        }
        if !services.isEmpty {
            let next = services.removeFirst()
            findCharacteristics(of: next, from: next.first, [], at: time, &actions)
        } else if !toRead.isEmpty {
            let next = toRead.removeFirst()
            ask(.read(next.handle), .reading(next, []), at: time, &actions)
        } else {
            finish(&actions)
        }
    }

    // MARK: Services (part G, section 4.4.1)

    mutating func findServices(from first: UInt16, at time: BootTime, _ actions: inout [Action]) {
        let question = ATTOutgoing.readByGroupType(first: first, last: .max, type: Self.primaryService)
        ask(question, .findingServices(from: first), at: time, &actions)
    }

    mutating func take(_ found: [ATTIncoming.Service], from first: UInt16, at time: BootTime, _ actions: inout [Action]) {
        var next: UInt16? = first
        for service in found {
            guard let lowest = next, service.first >= lowest, service.last >= service.first, services.count < Self.mostFound else {
                next = nil
                break
            }
            if let wanted = wanted.first(where: { $0.uuid == service.uuid }) {
                services.append(FoundService(first: service.first, last: service.last, wanted: wanted))
            }
            next = Self.after(service.last, within: .max)
        }
        if let next {
            findServices(from: next, at: time, &actions)
        } else {
            foundServices(at: time, &actions)
        }
    }

    mutating func foundServices(at time: BootTime, _ actions: inout [Action]) {
        let found = services
        services = wanted.flatMap { wanted in found.filter { $0.wanted == wanted } }
        goOn(at: time, &actions)
    }

    // MARK: Characteristics (part G, section 4.6.1)

    private mutating func findCharacteristics(
        of service: FoundService, from first: UInt16, _ before: [Declaration], at time: BootTime, _ actions: inout [Action]
    ) {
        let question = ATTOutgoing.readByType(first: first, last: service.last, type: Self.characteristicDeclaration)
        ask(question, .findingCharacteristics(service, from: first, before), at: time, &actions)
    }

    mutating func take(
        _ found: [ATTIncoming.Attribute], of service: FoundService, from first: UInt16, _ before: [Declaration], at time: BootTime,
        _ actions: inout [Action]
    ) {
        var declarations = before
        var next: UInt16? = first
        for attribute in found {
            guard let lowest = next, attribute.handle >= lowest, attribute.handle < service.last,
                let declaration = Self.declaration(attribute), declaration.value > attribute.handle, declaration.value <= service.last,
                declarations.count < Self.mostFound
            else {
                next = nil
                break
            }
            declarations.append(declaration)
            next = Self.after(declaration.value, within: service.last)
        }
        if let next {
            findCharacteristics(of: service, from: next, declarations, at: time, &actions)
        } else {
            foundAll(declarations, of: service, at: time, &actions)
        }
    }

    /// Part G, section 3.3.1: properties, the handle of the value, the UUID.
    private static func declaration(_ attribute: ATTIncoming.Attribute) -> Declaration? {
        var reader = ByteReader(attribute.value[...])
        guard let properties = reader.byte(), let value = reader.word(), let uuid = BluetoothUUID(att: reader.rest) else { return nil }
        return Declaration(
            handle: attribute.handle, properties: GATTCharacteristic.Properties(rawValue: properties), value: value, uuid: uuid)
    }

    mutating func foundAll(_ declarations: [Declaration], of service: FoundService, at time: BootTime, _ actions: inout [Action]) {
        for (index, declaration) in declarations.enumerated() where service.wanted.wants(declaration.uuid) {
            let following = declarations.dropFirst(index + 1).first?.handle
            let characteristic = GATTCharacteristic(
                uuid: declaration.uuid, purpose: service.wanted.purpose, properties: declaration.properties, handle: declaration.value,
                last: following.map { $0 - 1 } ?? service.last)
            name(characteristic, &actions)
            if characteristic.subscription != nil { toSubscribe.append(characteristic) }
            if characteristic.subscription == nil || characteristic.uuid == Self.batteryLevel { readInstead(characteristic) }
        }
        goOn(at: time, &actions)
    }

    // MARK: The descriptor that subscribes (part G, section 4.7.1)

    private mutating func findConfiguration(
        _ characteristic: GATTCharacteristic, from first: UInt16, at time: BootTime, _ actions: inout [Action]
    ) {
        let question = ATTOutgoing.findInformation(first: first, last: characteristic.last)
        ask(question, .findingConfiguration(characteristic, from: first), at: time, &actions)
    }

    mutating func take(
        _ found: [ATTIncoming.Descriptor], of characteristic: GATTCharacteristic, from first: UInt16, at time: BootTime,
        _ actions: inout [Action]
    ) {
        var next: UInt16? = first
        for descriptor in found {
            guard let lowest = next, descriptor.handle >= lowest, descriptor.handle <= characteristic.last else {
                next = nil
                break
            }
            if descriptor.type == Self.clientConfiguration, let subscription = characteristic.subscription {
                ask(.write(descriptor.handle, subscription), .subscribing(characteristic), at: time, &actions)
                return
            }
            next = Self.after(descriptor.handle, within: characteristic.last)
        }
        if let next {
            findConfiguration(characteristic, from: next, at: time, &actions)
        } else {
            readInstead(characteristic)
            goOn(at: time, &actions)
        }
    }

    /// The handle to go on from; nil at the end of the range.
    private static func after(_ handle: UInt16, within last: UInt16) -> UInt16? { handle < last ? handle + 1 : nil }
}
