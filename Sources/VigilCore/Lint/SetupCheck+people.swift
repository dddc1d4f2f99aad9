// Traps in who is told: too few, the same ones, or all of them asleep.

extension SetupCheck {
    static let lonePerson = SetupCheck("lone_person") { setup in
        setup.policies(.red, .yellow).compactMap { policy in
            let people = setup.residents.filter { setup.people(of: policy, about: $0).count == 1 }.map(\.id.rawValue)
            let alone = people + setup.emptyHomes.filter { setup.people(of: policy, about: .dwelling($0)).count == 1 }.map(\.rawValue)
            guard !alone.isEmpty else { return nil }
            let names = Setup.list(alone)
            return SetupTrap(
                policy: policy.id, key: "steps",
                danger: LocalizedText(
                    zh: "所有步骤里为 \(names.chinese) 只有同一个人:其手机没电,就无人前来",
                    en: "all steps together name one person for \(names.english): where that telephone is flat, nobody comes"),
                remedy: LocalizedText(zh: "请登记另一位联系人,或再加一步", en: "register somebody else, or name them in another step"))
        }
    }

    static let samePeopleAgain = SetupCheck("same_people_again") { setup in
        setup.policies(.red).flatMap { policy in
            policy.steps.indices.dropFirst().compactMap { index -> SetupTrap? in
                let isNew = setup.residents.contains { resident in
                    let before = Set(policy.steps[..<index].flatMap { setup.people(of: $0, about: resident) }.map(\.id))
                    let named = setup.people(of: policy.steps[index], about: resident)
                    // What nobody answers is another fault, and `vigil check` names it.
                    return named.isEmpty || named.contains { !before.contains($0.id) }
                }
                guard !isNew, !setup.residents.isEmpty else { return nil }
                return SetupTrap(
                    policy: policy.id, key: "steps[\(index)].notify",
                    danger: LocalizedText(
                        zh: "这一步对谁都不添新人:升级没有进展,repeat_every 本来就会再叫他们",
                        en: "this step adds nobody for anybody: it escalates to the same people, whom repeat_every rings again anyway"),
                    remedy: LocalizedText(zh: "请写其他角色或联系人", en: "name other roles or contacts"))
            }
        }
    }

    static let noFamily = SetupCheck("no_family") { setup in
        setup.policies(.red).compactMap { policy in
            guard policy.steps.flatMap(\.notify).contains(.role(.family)) else { return nil }
            let alone = setup.residents.filter { resident in !resident.contacts.contains { setup.household.contacts[$0] != nil } }
            guard !alone.isEmpty else { return nil }
            let names = Setup.list(alone.map(\.id.rawValue))
            return SetupTrap(
                path: "residents",
                danger: LocalizedText(
                    zh: "策略 \(policy.id) 通知家属,而 \(names.chinese) 未登记家属",
                    en: "policy \(policy.id) tells the family, and none is registered for \(names.english)"),
                remedy: LocalizedText(zh: "请在住户的 contacts 中登记", en: "write them under contacts of the resident"))
        }
    }

    static let noSecondOfficer = SetupCheck("no_second_officer") { setup in
        let named = setup.policies(.red, .yellow).flatMap(\.steps).flatMap(\.notify).contains(.role(.gridOfficer))
        guard named else { return [] }
        let grids = setup.household.registry.community.grids.map(\.id)
        let alone = grids.filter { grid in
            setup.household.registry.contacts.count { $0.role == .gridOfficer && ($0.grids.isEmpty || $0.grids.contains(grid)) } == 1
        }
        guard !alone.isEmpty else { return [] }
        let names = Setup.list(alone.map(\.rawValue))
        return [
            SetupTrap(
                path: "contacts",
                danger: LocalizedText(
                    zh: "网格 \(names.chinese) 只有一位网格员:休假或生病时无人代替",
                    en: "grid \(names.english) has one officer only: nobody stands in when they are ill or away"),
                remedy: LocalizedText(zh: "请登记第二位网格员,或改用值班表", en: "register a second officer, or name a roster instead of the role"))
        ]
    }

    static let rosterOfOne = SetupCheck("roster_of_one") { setup in
        let used = Set(
            setup.policiesInForce.flatMap(\.steps).flatMap(\.notify).compactMap { if case .roster(let id) = $0 { id } else { nil } })
        return setup.rules.rosters.enumerated().filter { used.contains($1.id) && $1.everyone.count == 1 }.map { index, roster in
            SetupTrap(
                path: "rosters[\(index)].shifts[0].contacts[0]",
                danger: LocalizedText(
                    zh: "值班表 \(roster.id) 每一班都是同一个人:没有人能日夜值守",
                    en: "every shift of roster \(roster.id) is the same person: nobody is awake day and night"),
                remedy: LocalizedText(zh: "请排入其他人", en: "put others into it"))
        }
    }

    static let everybodySleeps = SetupCheck("everybody_sleeps") { setup in
        setup.policies(.yellow).compactMap { policy in
            guard policy.quietCap > .hours(1) else { return nil }
            let unheard = setup.residents.filter { resident in
                let people = setup.people(of: policy, about: resident)
                return !people.isEmpty && people.allSatisfy { $0.quietHours != nil }
            }
            guard !unheard.isEmpty else { return nil }
            let names = Setup.list(unheard.map(\.id.rawValue))
            return SetupTrap(
                policy: policy.id, key: "quiet_cap",
                danger: LocalizedText(
                    zh: "\(names.chinese) 的黄色警报所通知的人都设了免打扰,夜间可能 \(policy.quietCap.text) 无人得知",
                    en:
                        "everybody who is told of yellow about \(names.english) has quiet hours: at night nobody may hear for \(policy.quietCap.text)"
                ),
                remedy: LocalizedText(zh: "请写 quiet_cap: 30m,或加一位夜间值守的人", en: "write quiet_cap: 30m, or name somebody who is awake"))
        }
    }
}
