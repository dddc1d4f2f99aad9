// Traps in the policies themselves. Of most of them `vigil check` warns as well, in the same words (`SetupLint`).

extension SetupCheck {
    static let firstStepWaits = SetupCheck("first_step_waits") { setup in
        setup.policiesInForce.compactMap { policy in
            // What neither acts nor tells is skipped at once.
            guard let index = policy.steps.firstIndex(where: { !$0.notify.isEmpty }), policy.steps[index].after > .zero,
                index == 0 || policy.steps.prefix(index).contains(where: { !$0.act.isEmpty })
            else { return nil }
            let after = policy.steps[index].after.text
            // An alert begins with its first step, whatever that says of its time.
            let danger =
                index == 0
                ? LocalizedText(zh: "第一步立即执行,不等 \(after)", en: "the first step comes at once, and \(after) is not waited for")
                : LocalizedText(zh: "最初 \(after) 内无人得知", en: "nobody is told in the first \(after)")
            return SetupTrap(
                policy: policy.id, key: "steps[\(index)].after", danger: danger,
                remedy: LocalizedText(zh: "通知人的第一步请写 after: 0s", en: "write after: 0s for the first step that tells somebody"))
        }
    }

    static let redNotRepeated = SetupCheck("red_not_repeated") { setup in
        setup.policies(.red).filter { $0.repeatEvery == nil }.map {
            SetupTrap(
                policy: $0.id, key: "repeat_every",
                danger: LocalizedText(
                    zh: "红色警报不重复:一条被忽略的消息就是最后一条", en: "red is not repeated: one overlooked message would be the last"),
                remedy: LocalizedText(zh: "请写 repeat_every: 2m", en: "write repeat_every: 2m"))
        }
    }

    static let redRepeatsSlowly = SetupCheck("red_repeats_slowly") { setup in
        setup.policies(.red).compactMap { policy in
            guard let every = policy.repeatEvery, every > .minutes(10) else { return nil }
            return SetupTrap(
                policy: policy.id, key: "repeat_every",
                danger: LocalizedText(zh: "红色警报每 \(every.text) 才重复一次", en: "red rings again only every \(every.text)"),
                remedy: LocalizedText(zh: "请写 2m,最多 10m", en: "write 2m, at most 10m"))
        }
    }

    static let longLease = SetupCheck("long_lease") { setup in
        setup.policies(.red).filter { $0.lease > .minutes(10) }.map {
            SetupTrap(
                policy: $0.id, key: "lease",
                danger: LocalizedText(
                    zh: "接下红色警报后睡着的人会占住它 \($0.lease.text)",
                    en: "who accepts a red alert and falls asleep holds it for \($0.lease.text)"),
                remedy: LocalizedText(zh: "请写 3m,最多 10m", en: "write 3m, at most 10m"))
        }
    }

    static let shortAttendingLease = SetupCheck("short_attending_lease") { setup in
        setup.policiesInForce.filter { $0.attendingLease < $0.lease }.map {
            SetupTrap(
                policy: $0.id, key: "attending_lease",
                danger: LocalizedText(
                    zh: "出发后只有 \($0.attendingLease.text),比接警时的 \($0.lease.text) 还短:赶路的人会被收回",
                    en:
                        "who sets out has \($0.attendingLease.text), less than the \($0.lease.text) of who sits still: it is taken from them on the way"
                ),
                remedy: LocalizedText(zh: "请写得不短于 lease", en: "write at least as long as lease"))
        }
    }

    static let redNeverCloses = SetupCheck("red_never_closes") { setup in
        setup.policies(.red).filter { $0.closeAfterCleared != nil }.map {
            SetupTrap(
                policy: $0.id, key: "close_after_cleared",
                danger: LocalizedText(zh: "红色警报从不自行结案,此项无效", en: "a red alert never closes by itself, so this does nothing"),
                remedy: LocalizedText(zh: "请删除", en: "remove it"))
        }
    }

    static let lateLastStep = SetupCheck("late_last_step") { setup in
        setup.policies(.red).compactMap { policy in
            guard let last = policy.steps.last, last.after > .minutes(15) else { return nil }
            return SetupTrap(
                policy: policy.id, key: "steps",
                danger: LocalizedText(
                    zh: "红色警报的最后一步在 \(last.after.text) 之后才到", en: "the last step of red comes only after \(last.after.text)"),
                remedy: LocalizedText(zh: "最多写 15m", en: "write at most 15m"))
        }
    }

    static let oneStep = SetupCheck("one_step") { setup in
        setup.policies(.red).filter { $0.steps.count == 1 }.map {
            SetupTrap(
                policy: $0.id, key: "steps",
                danger: LocalizedText(
                    zh: "红色警报只有一步:无人应答就再没有别人", en: "red has one step only: whoever does not answer is the last to be asked"),
                remedy: LocalizedText(zh: "请为其他人再加一步", en: "add a step for somebody else"))
        }
    }

    static let noReopening = SetupCheck("no_reopening") { setup in
        setup.policies(.red, .yellow).filter { $0.reopenWindow == .zero }.map {
            SetupTrap(
                policy: $0.id, key: "reopen_window",
                danger: LocalizedText(
                    zh: "刚结案又发生的事会成为一条新警报,与前一条的经过脱节",
                    en: "what happens again right after closing is a new alert that knows nothing of the one before"),
                remedy: LocalizedText(zh: "请写 reopen_window: 30m", en: "write reopen_window: 30m"))
        }
    }

    static let unusedPolicy = SetupCheck("unused_policy") { setup in
        let used = Set(setup.policiesInForce.map(\.id))
        return setup.rules.policies.filter { !used.contains($0.id) && !setup.builtIn.contains($0.id) }.map {
            SetupTrap(
                policy: $0.id, danger: LocalizedText(zh: "没有级别使用此策略", en: "no severity uses this policy"),
                remedy: LocalizedText(
                    zh: "请在 severities 或 technical 中写上它,或删除", en: "name it under severities or technical, or remove it"))
        }
    }
}
