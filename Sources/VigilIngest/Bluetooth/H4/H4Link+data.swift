import VigilCore

/// What goes over the connections that stand.
extension H4Link {
    mutating func send(_ pdu: [UInt8], to address: BluetoothAddress, at time: BootTime) {
        guard let index = index(of: address), connections[index].endsBy == nil else { return }
        if !connections[index].add(pdu, on: L2CAPReply.Channel.attributes, packetLength: traits.packetLength) {
            // It takes nothing any more, and whoever waits for an answer is told.
            disconnect(address, at: time)
        }
        pump(at: time)
    }

    /// A piece of a connection's data came.
    mutating func take(_ piece: ArraySlice<UInt8>, header: UInt16, at time: BootTime) {
        let begins = header >> 12 & 3 != 1
        guard let index = connections.firstIndex(where: { $0.handle == header & LEConnection.handleMask }) else { return skip(1) }
        let before = connections[index].assembly.skipped
        let message = connections[index].assembly.take(piece, begins: begins)
        skip(connections[index].assembly.skipped &- before)
        guard let message else { return }
        if message.channel == L2CAPReply.Channel.attributes {
            events.append(.received(connections[index].peer.address, message.payload))
        } else if let reply = L2CAPReply(to: message) {
            answer(reply, on: message.channel, at: index, time)
        }
    }

    private mutating func answer(_ reply: L2CAPReply, on channel: UInt16, at index: Int, _ time: BootTime) {
        // One that asks faster than it listens gets no answer.
        guard connections[index].endsBy == nil,
            connections[index].add(reply.payload, on: channel, packetLength: traits.packetLength)
        else { return skip(1) }
        if let pace = reply.pace { commands.add(.updateConnection(connections[index].handle, pace), at: time) }
    }

    /// Packets have left the controller.
    mutating func complete(_ packets: HCIEvent.CompletedPackets) {
        guard let index = connections.firstIndex(where: { $0.handle == packets.handle }) else { return }
        let count = min(packets.count, connections[index].onTheWay)
        connections[index].onTheWay -= count
        room = min(room + count, traits.packetCount)
    }
}
