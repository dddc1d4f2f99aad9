import VigilCore

/// Tells what is news from what is only repeated, and keeps who was heard how, for people.
///
/// A sensor repeats what it has to say for seconds, and several adapters hear it: that is one frame. Equal data (advertisement and scan
/// response apart, whatever the signal strength) is news again after a silence, because two presses of a button that does not count are
/// equal to the byte; a shorter one does where the device said something else in it. Without a silence it is told again as a repetition: after a
/// while, so that whoever says the same all day is known to live, and sooner where the device takes turns in what it says. And each adapter that
/// hears the device tells of it now and then. Of more news than anybody has (`FrameAllowance`) some is left out.
struct HeardAdvertisements {
    enum Verdict: Hashable {
        /// It becomes a frame, with these marks.
        case told(Advertisement.Properties)
        case repeated
        /// Nobody wants to know it.
        case uninteresting
        /// More is said under that name than becomes frames. It is not remembered, so it is news when it is heard next.
        case leftOut(FloodWatch.Sender)

        static let news = told([])
    }

    /// A pause of that length ends a repetition. The slowest advertiser pauses for 10.24 s (Bluetooth Core Specification 5.4, volume 6,
    /// part B, section 4.4.2.2), those that tell of a press repeat it several times a second, and a scan misses one or the other.
    static let silence = Milliseconds.seconds(10)
    /// The same where the device said something else in it: smoke that was gone and is back, or the next press of a band that is idle in between.
    /// Those that take turns in what they say do so faster, and a scan misses less than that in a row.
    static let change = Milliseconds.seconds(3)
    /// How often what is repeated without a pause is told again: well within the ten minutes after which a device on mains counts as silent, and
    /// seldom enough for the flash.
    static let renewal = Milliseconds.minutes(2)
    /// The same where something else was told since: many take turns in what they say.
    static let turn = Milliseconds.seconds(10)
    /// How often each adapter that hears a device tells of it although another one did: who stands in for whom must be known before one fails.
    static let earshot = Milliseconds.minutes(10)
    /// A device that numbers its messages says the same number for so long at most where it means the same message.
    static let lately = Milliseconds.minutes(5)
    /// Addresses that are remembered. Phones take another one every quarter of an hour.
    static let mostAddresses = 2000
    /// Many take turns in what they say: a sensor's values, its battery, a beacon.
    private static let mostPerAddress = 6

    fileprivate struct Told {
        let data: [UInt8]
        let isScanResponse: Bool
        var heardAt: BootTime
        var toldAt: BootTime
    }

    fileprivate struct Entry {
        var advertiser: HeardAdvertiser
        var told: [Told] = []
        /// When each adapter told something of it last, or heard it first.
        var toldBy: [String: BootTime] = [:]
        /// What it may say where it is registered.
        var allowance = FrameAllowance.device
    }

    private var strangers = FrameAllowance.strangers
    private var entries: [Entry] = []
    private var places: [BluetoothAddress: Int] = [:]

    /// Who was heard, in no order.
    var advertisers: [HeardAdvertiser] { entries.map(\.advertiser) }

    mutating func take(
        _ address: BluetoothAddress, _ advertisement: Advertisement, adapter: String, at time: BootTime, _ interest: BluetoothInterest
    ) -> Verdict {
        let place = place(of: address, advertisement, adapter, at: time, interest)
        entries[place].advertiser.hear(advertisement, adapter: adapter, at: time)
        let isScanResponse = advertisement.properties.contains(.isScanResponse)
        let known = entries[place].told.firstIndex { $0.isScanResponse == isScanResponse && $0.data == advertisement.data }
        var marks: Advertisement.Properties = []
        if let known {
            let told = entries[place].told[known]
            let (afterOthers, amongOthers) = entries[place].others(than: told)
            let found = entries[place].told[known].hear(at: time, afterOthers: afterOthers, amongOthers: amongOthers)
            guard let found = found ?? (entries[place].isQuiet(adapter, at: time) ? .again : nil) else { return .repeated }
            marks = found
        }
        let content = AdvertisedContent(advertisement.data)
        if let name = content.name { entries[place].advertiser.name = name }
        guard interest.includes(content, of: address) else { return .uninteresting }
        entries[place].advertiser.isOfInterest = true
        let sender = interest.addresses.contains(address) ? FloodWatch.Sender.device(address) : .strangers
        guard admits(sender, place, at: time) else { return .leftOut(sender) }
        entries[place].toldBy[adapter] = time
        let told = Told(data: advertisement.data, isScanResponse: isScanResponse, heardAt: time, toldAt: time)
        entries[place].remember(told, over: known, most: Self.mostPerAddress)
        return .told(marks)
    }

    /// What these say is news when they say it next: they were registered.
    mutating func forget(_ addresses: Set<BluetoothAddress>) {
        for place in addresses.compactMap({ places[$0] }) { entries[place].told = [] }
    }

    private mutating func place(
        of address: BluetoothAddress, _ advertisement: Advertisement, _ adapter: String, at time: BootTime,
        _ interest: BluetoothInterest
    ) -> Int {
        if let place = places[address] { return place }
        if entries.count >= Self.mostAddresses { makeRoom(interest) }
        entries.append(Entry(advertiser: HeardAdvertiser(address, advertisement, adapter: adapter, at: time)))
        places[address] = entries.count - 1
        return entries.count - 1
    }

    /// Whether one more becomes a frame. No registered device uses up what another one has.
    private mutating func admits(_ sender: FloodWatch.Sender, _ place: Int, at time: BootTime) -> Bool {
        switch sender {
        case .strangers: strangers.admits(at: time)
        case .device: entries[place].allowance.admits(at: time)
        }
    }

    /// Forgets a tenth: first whom nobody asks for, then strangers of a known kind, registered devices last; of these who was not heard for
    /// longest. Whoever invents addresses must not make us forget what was told of devices.
    private mutating func makeRoom(_ interest: BluetoothInterest) {
        let worth = entries.map { entry in
            let advertiser = entry.advertiser
            return (interest.addresses.contains(advertiser.address) ? 2 : advertiser.isOfInterest ? 1 : 0, advertiser.heardAt)
        }
        let kept = worth.indices.sorted { worth[$0] > worth[$1] }.prefix(Self.mostAddresses - Self.mostAddresses / 10)
        entries = kept.map { entries[$0] }
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.advertiser.address, $0) })
    }
}

extension HeardAdvertisements.Told {
    /// Takes note that it was heard, unless that is news: then it is told, or left out and news once more. Returns the marks with which it is
    /// told again; nil where it is not.
    ///
    /// - Parameters:
    ///   - afterOthers: something else was told since this was told last.
    ///   - amongOthers: something else was heard since this was heard last.
    fileprivate mutating func hear(at time: BootTime, afterOthers: Bool, amongOthers: Bool) -> Advertisement.Properties? {
        let pause = time - heardAt
        if pause >= (amongOthers ? HeardAdvertisements.change : HeardAdvertisements.silence) {
            return pause < HeardAdvertisements.lately ? .wasHeardLately : []
        }
        heardAt = time
        let wait = afterOthers ? HeardAdvertisements.turn : HeardAdvertisements.renewal
        return time - toldAt >= wait ? .again : nil
    }
}

extension Advertisement.Properties {
    /// What was told already, told again.
    fileprivate static let again: Self = [.isRepetition, .wasHeardLately]
}

extension HeardAdvertisements.Entry {
    /// Whether the adapter has heard the device for long and left it to others to tell.
    fileprivate mutating func isQuiet(_ adapter: String, at time: BootTime) -> Bool {
        guard let told = toldBy[adapter] else {
            toldBy[adapter] = time
            return false
        }
        return time - told >= HeardAdvertisements.earshot
    }

    /// Whether something else was told, and heard, since this was.
    fileprivate func others(than this: HeardAdvertisements.Told) -> (told: Bool, heard: Bool) {
        let others = told.lazy.filter { $0.isScanResponse == this.isScanResponse }
        return (others.contains { $0.toldAt > this.toldAt }, others.contains { $0.heardAt > this.heardAt })
    }

    /// - Parameter known: where the same stands already.
    fileprivate mutating func remember(_ news: HeardAdvertisements.Told, over known: Int?, most: Int) {
        if let known {
            told[known] = news
        } else if told.count < most {
            told.append(news)
        } else if let oldest = told.indices.min(by: { told[$0].heardAt < told[$1].heardAt }) {
            told[oldest] = news
        }
    }
}
