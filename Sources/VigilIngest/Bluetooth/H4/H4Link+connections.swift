import VigilCore

/// Opening and closing connections, one at a time.
extension H4Link {
    /// How long a controller may take to end a connection: it waits for the device, as long as the link may be silent.
    private static let closingPatience = Milliseconds.seconds(10)

    mutating func connect(to peer: BluetoothPeer, at time: BootTime) {
        guard state != .closed else { return events.append(.closed(peer.address, reason: "the adapter is not open")) }
        guard !isKnown(peer.address) else { return }
        wanted.append(peer)
        pump(at: time)
    }

    mutating func disconnect(_ address: BluetoothAddress, at time: BootTime) {
        if let index = wanted.firstIndex(where: { $0.address == address }) {
            wanted.remove(at: index)
            events.append(.closed(address, reason: "given up"))
        } else if opening?.peer.address == address {
            opening?.isUnwanted = true
            giveUpOpening("given up", at: time)
        } else if let index = index(of: address) {
            close(index, at: time)
        }
        pump(at: time)
    }

    private func isKnown(_ address: BluetoothAddress) -> Bool {
        index(of: address) != nil || opening?.peer.address == address || wanted.contains { $0.address == address }
    }

    func index(of address: BluetoothAddress) -> Int? { connections.firstIndex { $0.peer.address == address } }

    /// Opens the next connection when no other is being opened.
    mutating func openNext(at time: BootTime) {
        guard state == .running, opening == nil, !wanted.isEmpty else { return }
        let peer = wanted.removeFirst()
        opening = H4Opening(peer: peer, deadline: time + H4Opening.patience)
        create(peer, at: time)
    }

    private mutating func create(_ peer: BluetoothPeer, at time: BootTime) {
        commands.add(
            .createConnection(to: peer, isExtended: traits.isExtended, usesRandomAddress: traits.usesRandomAddress), at: time)
    }

    mutating func completeConnection(_ command: HCICommand, _ status: HCIStatus, at time: BootTime) {
        switch command.opcode {
        case .createConnection, .createExtendedConnection: if status != .success { refuseOpening(status, at: time) }
        case .disconnect: if status != .success, let handle = command.handle { end(handle, status.description) }
        // A cancellation that came too late is followed by the connection all the same; a pace that was refused stays as it was.
        default: break
        }
    }

    private mutating func refuseOpening(_ status: HCIStatus, at time: BootTime) {
        guard let opening else { return }
        // Old controllers listen or connect.
        if status == .commandDisallowed, !isScanPaused, opening.givenUp == nil {
            isScanPaused = true
            commands.add(.setScanEnable(false, isExtended: traits.isExtended), at: time)
            return create(opening.peer, at: time)
        }
        endOpening(opening.givenUp ?? "the adapter could not connect: \(status)", at: time)
    }

    private mutating func endOpening(_ reason: String, at time: BootTime) {
        guard let opening else { return }
        self.opening = nil
        events.append(.closed(opening.peer.address, reason: reason))
        resumeScan(at: time)
    }

    private mutating func resumeScan(at time: BootTime) {
        if isScanPaused { commands.add(.setScanEnable(true, isExtended: traits.isExtended), at: time) }
    }

    private mutating func giveUpOpening(_ reason: String, at time: BootTime) {
        guard opening?.givenUp == nil else { return }
        opening?.givenUp = reason
        opening?.deadline = time + H4Opening.cancelPatience
        commands.add(HCICommand(.cancelConnection), at: time)
    }

    /// A connection stands, or could not be opened.
    mutating func take(_ connection: LEConnection, at time: BootTime) {
        guard let opening, connection.isCentral || connection.status != .success else {
            // Nobody asked for it.
            if connection.status == .success { commands.add(.disconnect(connection.handle), at: time) }
            return
        }
        guard connection.status == .success else {
            return endOpening(opening.givenUp ?? "could not connect: \(connection.status)", at: time)
        }
        self.opening = nil
        resumeScan(at: time)
        // A handle that is given anew was free: its connection ended without a word.
        end(connection.handle, "the adapter lost it")
        connections.append(H4Connection(handle: connection.handle, peer: opening.peer))
        if opening.isUnwanted, let index = index(of: opening.peer.address) {
            close(index, at: time)
        } else {
            events.append(.connected(opening.peer.address))
        }
    }

    private mutating func close(_ index: Int, at time: BootTime) {
        guard connections[index].endsBy == nil else { return }
        connections[index].endsBy = time + Self.closingPatience
        connections[index].waiting = []
        commands.add(.disconnect(connections[index].handle), at: time)
    }

    /// The connection stands no more.
    mutating func end(_ handle: UInt16, _ reason: String) {
        guard let index = connections.firstIndex(where: { $0.handle == handle }) else { return }
        let connection = connections.remove(at: index)
        // What the controller still had of it is gone with it (volume 4, part E, section 4.1.1).
        room = min(room + connection.onTheWay, traits.packetCount)
        events.append(.closed(connection.peer.address, reason: connection.endsBy == nil ? reason : "closed by us"))
    }

    /// Ends what took too long.
    mutating func judgeConnections(at time: BootTime) {
        for connection in connections {
            guard let end = connection.endsBy, end <= time else { continue }
            self.end(connection.handle, "closed by us")
        }
        guard let opening, opening.deadline <= time else { return }
        guard opening.givenUp == nil else { return fail("the controller does not give up connecting") }
        giveUpOpening("it did not answer within \(H4Opening.patience.rawValue / 1000) s", at: time)
    }
}
