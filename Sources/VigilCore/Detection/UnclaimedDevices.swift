/// Devices that speak and that the registry does not know: a capped list, so that noise cannot fill the box.
///
/// Anybody can make names up, so a name earns its place by being heard again: one that speaks at least a minute after it came is a regular.
/// A full list makes room for a newcomer by the newcomer that came first, and by a regular only where there are no others and it has been
/// silent for a day. So a flood of names only pushes out names like its own.
struct UnclaimedDevices: Sendable {
    private struct Entry: Sendable {
        /// Tells its place in `newcomers` from one that it had before it was pushed out.
        let number: Int
        let cameAt: EngineTime
        var heardAt: EngineTime
        var saidAt: EngineTime
        var isRegular = false
    }

    private static let limit = 1000
    /// A longer name is nobody's: no registry takes it.
    private static let longestName = 256
    private static let sayAgainAfter = Milliseconds.minutes(10)
    private static let regularAfter = Milliseconds.minutes(1)
    private static let silentAfter = Milliseconds.hours(24)

    private var entries: [DeviceAddress: Entry] = [:]
    /// In the order in which they came; who became a regular or was pushed out is passed over.
    private var newcomers: [(address: DeviceAddress, number: Int)] = []
    private var firstNewcomer = 0
    private var arrivals = 0
    /// No regular has been silent long enough before this: a flood must not have all of them looked through for each of its names.
    private var nextLook = EngineTime(0)

    var count: Int { entries.count }

    /// Whether the sighting is worth telling: the first one, the one that makes a regular, and then one in ten minutes.
    mutating func isNews(_ address: DeviceAddress, at time: EngineTime) -> Bool {
        guard address.name.utf8.count <= Self.longestName else { return false }
        guard var entry = entries[address] else { return admit(address, at: time) }
        entry.heardAt = time
        let becomesRegular = !entry.isRegular && time - entry.cameAt >= Self.regularAfter
        let isNews = becomesRegular || time - entry.saidAt >= Self.sayAgainAfter
        if becomesRegular { entry.isRegular = true }
        if isNews { entry.saidAt = time }
        entries[address] = entry
        return isNews
    }

    mutating func forget(_ isClaimed: (DeviceAddress) -> Bool) {
        entries = entries.filter { !isClaimed($0.key) }
        newcomers = newcomers[firstNewcomer...].filter { entries[$0.address]?.number == $0.number }
        firstNewcomer = 0
        nextLook = EngineTime(0)
    }

    private mutating func admit(_ address: DeviceAddress, at time: EngineTime) -> Bool {
        guard entries.count < Self.limit || makeRoom(at: time) else { return false }
        arrivals += 1
        entries[address] = Entry(number: arrivals, cameAt: time, heardAt: time, saidAt: time)
        newcomers.append((address, arrivals))
        return true
    }

    private mutating func makeRoom(at time: EngineTime) -> Bool {
        while firstNewcomer < newcomers.count {
            let (address, number) = newcomers[firstNewcomer]
            firstNewcomer += 1
            if firstNewcomer >= Self.limit {
                newcomers.removeFirst(firstNewcomer)
                firstNewcomer = 0
            }
            guard let entry = entries[address], entry.number == number, !entry.isRegular else { continue }
            entries[address] = nil
            return true
        }
        return dropSilentRegular(at: time)
    }

    private mutating func dropSilentRegular(at time: EngineTime) -> Bool {
        guard time >= nextLook, let longest = entries.min(by: { ($0.value.heardAt, $0.key) < ($1.value.heardAt, $1.key) }) else {
            return false
        }
        nextLook = longest.value.heardAt + Self.silentAfter
        guard time >= nextLook else { return false }
        entries[longest.key] = nil
        return true
    }
}
