// Which devices would notice a danger, and how well they can be heard.
//
// No registry says what a device serves: those that have said so do, those of a smoke sensor's or wearable's class, and those that people call
// with. A class alone proves nothing: what only speaks for others, and a button whose press means nothing, protect nobody.

extension CoverageJudge {
    func serving(_ danger: Danger, _ resident: Resident, _ armed: [any RuleRunning]) -> [Device] {
        let all = household.devices(of: resident.id).compactMap { household.device($0) }
        let isOwn = { (device: Device) in device.resident == resident.id }
        switch danger {
        case .sos: return all.filter { isCall($0) || isOwn($0) && isPerhapsCall($0) }
        case .fall:
            // A suspicion that no rule listens to raises nothing.
            let isHeeded = armed.contains { $0.listensTo?.contains(.fall_suspected) ?? true }
            return all.filter { says(isHeeded ? [.fall, .fall_suspected] : [.fall], $0) || isOwn($0) && $0.liveness == .wearable }
        case .smoke: return all.filter { says([.smoke, .gas, .smoke_test], $0) || $0.liveness == .sleepySmoke }
        case .inactivity:
            return household.eyes(of: resident.id).compactMap { household.device($0) }.filter {
                $0.givesSigns(heardAt: facts.devices[$0.id]?.at, saying: facts.devices[$0.id]?.says ?? [])
            }
        }
    }

    func device(_ danger: Danger, _ serving: [Device], _ heard: [Device], _ resident: Resident) -> Coverage.Link {
        let list = { (devices: [Device]) in devices.map(\.id.rawValue).joined(separator: " ") }
        let lost = list(serving.filter { device in !heard.contains { $0.id == device.id } })
        let refused = list(serving.filter { facts.devices[$0.id]?.isRefused ?? false })
        let (known, mute) = (heard.filter { facts.devices[$0.id]?.at != nil }, heard.filter { facts.devices[$0.id]?.at == nil })
        let names = list(known)
        let last = heard.compactMap { facts.devices[$0.id]?.at }.max().map { facts.clock.wall(at: $0) }
        func link(_ verdict: Protection, zh: String, en: String) -> Coverage.Link {
            Coverage.Link(what: .device, verdict: verdict, reason: LocalizedText(zh: zh, en: en), at: last)
        }
        if serving.isEmpty {
            let mute = danger == .sos ? list(pressedInVain(by: resident)) : ""
            guard mute.isEmpty else {
                return link(
                    .blind, zh: "\(mute) 按下不代表求救:请在登记册中为它写上 button: sos",
                    en: "a press of \(mute) is no call for help: write button: sos beside it in the registry")
            }
            return link(.blind, zh: "没有能发现它的设备", en: "no device would notice it")
        }
        if !refused.isEmpty {
            return link(
                heard.isEmpty ? .blind : .degraded, zh: "\(refused) 的消息被拒收:请查看 vigil alerts",
                en: "messages of \(refused) are refused; see vigil alerts")
        }
        if heard.isEmpty { return link(.blind, zh: "收不到 \(lost)", en: "\(lost) cannot be heard") }
        if danger == .inactivity, blind[resident.id]?.unobserved != nil {
            return link(.degraded, zh: "守望中断期间无人看护,之后尚无动静", en: "nobody watched for a while, and there was no sign of life since")
        }
        if known.isEmpty { return link(.degraded, zh: "\(list(mute)) 从未上报", en: "never heard: \(list(mute))") }
        if !lost.isEmpty { return link(.degraded, zh: "收不到 \(lost),还有 \(names)", en: "\(lost) cannot be heard, \(names) can") }
        if !mute.isEmpty {
            return link(.degraded, zh: "\(list(mute)) 从未上报,还有 \(names)", en: "never heard: \(list(mute)); heard: \(names)")
        }
        if danger == .sos, !known.contains(where: isCall) {
            return link(
                .degraded, zh: "\(names) 从未发出过求救:请用 vigil devices test 试一试",
                en: "never called for help: \(names); try it with vigil devices test")
        }
        let offline = list(known.filter { facts.devices[$0.id]?.isOffline ?? false })
        if !offline.isEmpty {
            return link(.degraded, zh: "\(offline) 已离线", en: "\(offline) is offline")
        }
        let ending = list(known.filter(isRunningOut))
        if !ending.isEmpty {
            return link(.degraded, zh: "\(ending) 电量不足", en: "the battery of \(ending) is low, or will be empty soon")
        }
        return link(.covered, zh: "\(names) 正常", en: "\(names) is heard")
    }

    private func says(_ kinds: Set<ObservationKind>, _ device: Device) -> Bool {
        !(facts.devices[device.id]?.says.isDisjoint(with: kinds) ?? true)
    }

    /// It has called for help, or the registry says that its press is a call.
    private func isCall(_ device: Device) -> Bool { says([.sos], device) || device.button == .sos }

    /// Its class is one that people call with, and nothing speaks against it: a press that means nothing, or something else, does.
    private func isPerhapsCall(_ device: Device) -> Bool {
        [.wearable, .oneWay].contains(device.liveness) && device.button == nil && !says([.button], device)
    }

    /// Their buttons whose press means nothing.
    private func pressedInVain(by resident: Resident) -> [Device] {
        household.devices(of: resident.id).compactMap { household.device($0) }.filter { $0.button == nil && says([.button], $0) }
    }

    private func isRunningOut(_ device: Device) -> Bool {
        guard let heard = facts.devices[device.id] else { return false }
        return heard.hasLowBattery || heard.battery?.forecast?.isSoon(for: device.liveness, at: facts.now) ?? false
    }

    /// nil where nothing says whether it is worn.
    func worn(_ heard: [Device]) -> Coverage.Link? {
        let known = heard.filter { facts.devices[$0.id]?.says.contains(.worn) ?? false }
        guard !known.isEmpty else { return nil }
        let off = known.filter { facts.devices[$0.id]?.isOffBody ?? false }
        let names = off.map(\.id.rawValue).joined(separator: " ")
        guard !off.isEmpty else { return Coverage.Link(what: .worn, verdict: .covered, reason: LocalizedText(zh: "已佩戴", en: "worn")) }
        return Coverage.Link(
            what: .worn, verdict: off.count == heard.count ? .blind : .degraded,
            reason: LocalizedText(zh: "\(names) 未佩戴", en: "\(names) is not worn"))
    }
}
