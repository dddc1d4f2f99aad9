// Traps in how people are reached.

extension SetupCheck {
    static let oneWayToReach = SetupCheck("one_way_to_reach") { setup in
        setup.policies(.red).compactMap { policy in
            var seen: Set<ContactID> = []
            let people = setup.residents.flatMap { setup.people(of: policy, about: $0) }.filter { seen.insert($0.id).inserted }
            let single = people.filter { Set($0.methods.map(\.channel)).count == 1 }
            guard !single.isEmpty else { return nil }
            let names = Setup.list(single.map(\.id.rawValue))
            return SetupTrap(
                path: "contacts",
                danger: LocalizedText(
                    zh: "策略 \(policy.id) 的 \(people.count) 人中 \(single.count) 人只有一个渠道(\(names.chinese)):它不通,就没有别的办法",
                    en:
                        "\(single.count) of \(people.count) people of policy \(policy.id) have one channel only (\(names.english)): where it fails there is no other"
                ),
                remedy: LocalizedText(zh: "请在 methods 中加另一个渠道", en: "add a method on another channel"))
        }
    }

    static let oneChannelForAll = SetupCheck("one_channel_for_all") { setup in
        setup.policies(.red).compactMap { policy in
            let channels = Set(setup.residents.flatMap { setup.people(of: policy, about: $0) }.flatMap(\.methods).map(\.channel))
            guard let only = channels.first, channels.count == 1 else { return nil }
            return SetupTrap(
                policy: policy.id, key: "steps",
                danger: LocalizedText(
                    zh: "所有人都经由同一渠道 \(only):它一断,红色警报谁也到不了",
                    en: "everybody is reached over the one channel \(only): when it is down, red reaches nobody"),
                remedy: LocalizedText(zh: "请配置第二个渠道,并至少给一人登记", en: "configure a second channel, and give it to one person at least"))
        }
    }

    static let sharedAddress = SetupCheck("shared_address") { setup in
        let contacts = setup.household.registry.contacts
        let phones = Dictionary(grouping: contacts.filter { $0.phone != nil }) { ($0.phone ?? "").filter(\.isNumber) }
        let channels = Set(contacts.flatMap(\.methods).map(\.channel)).sorted()
        let addresses = channels.flatMap { channel in
            // A URL is another system, which may well reach many.
            let users = contacts.flatMap { contact in
                contact.methods.filter { $0.channel == channel && !$0.address.contains("://") }.map {
                    (address: $0.address, id: contact.id)
                }
            }
            return Dictionary(grouping: users, by: \.address).values.map { (words: on(channel), users: $0.map(\.id)) }
        }
        let numbers = phones.values.map { (words: LocalizedText(zh: "电话号码", en: "telephone number"), users: $0.map(\.id)) }
        return (numbers + addresses).filter { Set($0.users).count > 1 }.sorted { $0.users.lexicographicallyPrecedes($1.users) }.map {
            shared in
            let names = Setup.list(shared.users.map(\.rawValue))
            return SetupTrap(
                path: "contacts",
                danger: LocalizedText(
                    zh: "\(names.chinese) 用的是同一个\(shared.words.chinese):第二个人其实是同一部电话",
                    en: "\(names.english) have the same \(shared.words.english): the second person is the same telephone"),
                remedy: LocalizedText(zh: "请为每人登记自己的号码或地址", en: "register each with a number or an address of their own"))
        }
    }

    private static func on(_ channel: ChannelID) -> LocalizedText {
        LocalizedText(zh: "渠道 \(channel) 地址", en: "address on channel \(channel)")
    }
}
