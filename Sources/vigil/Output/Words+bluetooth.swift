import VigilConsole
import VigilCore

// The words of `vigil ble`.

extension Words {
    static let deviceName = LocalizedText(zh: "自称", en: "CALLS ITSELF")
    static let strength = LocalizedText(zh: "信号", en: "SIGNAL")
    static let adapter = LocalizedText(zh: "适配器", en: "ADAPTER")
    static let reports = LocalizedText(zh: "收到", en: "REPORTS")
    static let hears = LocalizedText(zh: "接收中", en: "hears")
    static let isDeaf = LocalizedText(zh: "收不到", en: "hears NOTHING")
    static let notUnderstood = LocalizedText(zh: "不识别", en: "not understood")
    static let notHeardYet = LocalizedText(zh: "尚未收到", en: "not heard in the last ten minutes")
    static let noBluetooth = LocalizedText(
        zh: "配置中没有蓝牙适配器;请在 vigil.yaml 的 bluetooth 下写明,见 docs/bluetooth.md",
        en: "the configuration names no Bluetooth adapter; write one under \"bluetooth\" in vigil.yaml, see docs/bluetooth.md")
    static let hearsNothing = LocalizedText(
        zh: "没有适配器在接收;原因见 vigil ble adapters", en: "no adapter hears anything; see why: vigil ble adapters")
    static let nobodyOnAir = LocalizedText(
        zh: "最近十分钟没有收到可识别的设备;加 --all 列出全部",
        en: "nobody was heard in the last ten minutes that Vigil reads; with --all everybody is listed")

    /// By the usual experience that below -90 dBm packets are lost, and that a wall and a body cost 10 to 20 dB.
    static func quality(ofStrength strength: Double) -> LocalizedText {
        switch strength {
        case (-70)...: LocalizedText(zh: "良好", en: "good")
        case (-85)...: LocalizedText(zh: "可用", en: "usable")
        default: LocalizedText(zh: "太弱,请移近适配器", en: "too weak: bring the adapter nearer")
        }
    }

    static func heardAgo(_ age: String) -> LocalizedText { LocalizedText(zh: "\(age) 前", en: "\(age) ago") }

    static func skipped(_ bytes: Int) -> LocalizedText {
        LocalizedText(zh: "跳过 \(bytes) 个无效字节", en: "\(bytes) bytes made no sense")
    }

    static func heardOnAir(_ report: BluetoothReport, showsAll: Bool) -> LocalizedText {
        let zh = report.further > 0 ? ";另有 \(report.further) 台未列出(--limit)" : ""
        let en = report.further > 0 ? "; \(report.further) more are not listed (--limit)" : ""
        let count = report.peers.count
        return showsAll
            ? LocalizedText(zh: "共列出 \(count) 台\(zh)", en: "\(count) listed\(en)")
            : LocalizedText(
                zh: "共列出 \(count) 台可识别或已登记的设备\(zh);--all 列出全部",
                en: "\(count) listed that are understood or registered\(en); --all lists everybody")
    }

    static func onAir(_ report: BluetoothReport) -> LocalizedText {
        let left = report.leftOut + report.leftOutRegistered + report.lost
        return LocalizedText(
            zh: "重复 \(report.repeats) 条,不识别而略过 \(report.passedOver) 条" + (left > 0 ? ",来不及记录 \(left) 条" : ""),
            en: "\(report.repeats) repeats and \(report.passedOver) of a kind that nobody here reads were passed over"
                + (left > 0 ? "; \(left) were too many to be written down" : ""))
    }
}
