import VigilConsole
import VigilCore
import VigilDaemon
import VigilDevices

/// A device that somebody wants registered, and what speaks against it.
struct DeviceClaim {
    var address: DeviceAddress
    var id: DeviceID
    var dwelling: DwellingID?
    var resident: ResidentID?
    /// nil: taken from what it said.
    var liveness: LivenessClass?
    /// What a press of it means.
    var button: ObservationKind?
    /// Who reads what it says of its maker's own.
    var profile: Dialect?
    var name = ""
    /// Those of the site, whose profiles say how long their devices may be silent.
    var decoders = DecoderRegistry.shipped

    /// The entry for the registry.
    ///
    /// - Parameters:
    ///   - sample: the latest that it said; nil where it was never heard.
    ///   - isUnheardFine: whether one that was never heard may be registered.
    func device(in registry: Registry, sample: PayloadSample?, isUnheardFine: Bool) throws(RefusedClaim) -> Device {
        if address.dialect == Announcement.dialect { throw .isOnlyAnnounced(address) }
        if let taken = registry.devices.first(where: { $0.id == id }) { throw .isTaken(id, by: taken.address) }
        if let taken = registry.devices.first(where: { $0.address == address }) { throw .isRegistered(address, as: taken.id) }
        let homes = registry.community.grids.flatMap(\.buildings).flatMap(\.units).flatMap(\.dwellings).map(\.id.rawValue)
        if let dwelling, !homes.contains(dwelling.rawValue) { throw .unknownDwelling(dwelling.rawValue, among: homes) }
        if let resident, !registry.residents.contains(where: { $0.id == resident }) {
            throw .unknownResident(resident.rawValue, among: registry.residents.map(\.id.rawValue))
        }
        guard sample != nil || isUnheardFine else { throw .wasNeverHeard(address) }
        return Device(
            id: id, address: address, dwelling: dwelling, resident: resident, liveness: liveness ?? guess(sample), button: button,
            name: name, profile: profile)
    }

    /// In doubt the class that waits a day: a device that is called dead and is not costs trust, and its owner can say more.
    private func guess(_ sample: PayloadSample?) -> LivenessClass {
        if address.name == "bridge" || address.name.hasSuffix("/bridge") { return .bridge }
        let usual = decoders.liveness[address.dialect] ?? .sleepy
        let line = DecodeLine(registry: decoders)
        guard let sample, sample.encoding == .utf8,
            // A sample that is cut off is not understood, and tells nothing.
            let said = try? line.decode(dialect: address.dialect, topic: nil, payload: Array(sample.text.utf8)).decoded
        else { return usual }
        return said.observations.contains { $0.kind == .smoke || $0.kind == .smoke_test } ? .sleepySmoke : usual
    }
}

/// Why a device was not registered.
struct RefusedClaim: Error, Equatable {
    let words: LocalizedText

    static func isTaken(_ id: DeviceID, by address: DeviceAddress) -> RefusedClaim {
        RefusedClaim(
            words: LocalizedText(
                zh: "编号 \(id) 已被设备 \(address) 使用;请换一个编号", en: "the id \(id) is taken by \(address); choose another with --as"))
    }

    static func isRegistered(_ address: DeviceAddress, as id: DeviceID) -> RefusedClaim {
        RefusedClaim(
            words: LocalizedText(
                zh: "\(address) 已登记为 \(id);请查看 vigil devices show \(id)",
                en: "\(address) is registered already, as \(id); see: vigil devices show \(id)"))
    }

    static func unknownDwelling(_ name: String, among known: [String]) -> RefusedClaim {
        unknown(LocalizedText(zh: "住所", en: "dwelling"), name, among: known, LocalizedText(zh: "登记册中没有", en: "the registry has no"))
    }

    static func unknownResident(_ name: String, among known: [String]) -> RefusedClaim {
        unknown(LocalizedText(zh: "住户", en: "resident"), name, among: known, LocalizedText(zh: "登记册中没有", en: "the registry has no"))
    }

    private static func unknown(_ what: LocalizedText, _ name: String, among known: [String], _ lacks: LocalizedText) -> RefusedClaim {
        let quoted = SettingFault.quoted(name)
        let hint = SettingFault.localizedHint(name, among: known)
        return RefusedClaim(
            words: LocalizedText(
                zh: "\(lacks.chinese)\(what.chinese) \(quoted)\(hint.chinese)",
                en: "\(lacks.english) \(what.english) \(quoted)\(hint.english)"))
    }

    /// Nothing can ever be heard of it under this address.
    static func isOnlyAnnounced(_ address: DeviceAddress) -> RefusedClaim {
        let name = address.name.printable
        return RefusedClaim(
            words: LocalizedText(
                zh:
                    "\(address) 只是公告,不会有消息:没有解码器能读懂该设备实际发送的内容。请用 vigil devices draft \(name) 写出配置档草稿,监听其主题,再按 vigil devices unclaimed 列出的地址登记",
                en:
                    "\(address) is an announcement and never speaks: no decoder understands what the device itself sends. Write a profile from "
                    + "vigil devices draft \(name), listen to its topics, and claim the device as vigil devices unclaimed lists it then"
            ))
    }

    static func wasNeverHeard(_ address: DeviceAddress) -> RefusedClaim {
        RefusedClaim(
            words: LocalizedText(
                zh: "从未听到过 \(address);请查看 vigil devices unclaimed,或加 --unheard 预先登记",
                en: "nobody has heard \(address); see vigil devices unclaimed, or register it beforehand with --unheard"))
    }
}
