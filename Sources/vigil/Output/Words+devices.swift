import VigilConsole
import VigilCore

// The words of `vigil devices`.

extension Words {
    static let speaksAs = LocalizedText(zh: "协议:地址", en: "SPEAKS AS")
    static let liveness = LocalizedText(zh: "类别", en: "LIVENESS")
    static let battery = LocalizedText(zh: "电量", en: "BATTERY")
    static let batteryTrend = LocalizedText(zh: "电量趋势", en: "BATTERY TREND")
    static let isRefused = LocalizedText(zh: "消息被拒收:请查看 vigil alerts", en: "refused: vigil alerts")
    static let batteryEndsSoon = LocalizedText(zh: "电池将尽", en: "battery ends soon")
    static let notes = LocalizedText(zh: "备注", en: "NOTES")
    static let model = LocalizedText(zh: "型号", en: "MODEL")
    static let heardThrough = LocalizedText(zh: "经由网关", en: "HEARD THROUGH")
    static let ifSilent = LocalizedText(zh: "若无消息", en: "IF SILENT")
    static let retained = LocalizedText(zh: "(代理保留的旧消息)", en: "(kept by the broker)")
    static let lastFrames = LocalizedText(zh: "最近的消息(新的在前):", en: "last messages, newest first:")
    static let speakForOthers = LocalizedText(
        zh: "以下是网关或接收器,只替其他设备转发,不是谁的求救设备;登记它们只为得知其失联:",
        en: "gateways and receivers: they speak for others and protect nobody themselves; register one only to hear that it is gone:")
    static let unregistered = LocalizedText(zh: "未登记", en: "not registered")
    static let nobodySpoke = LocalizedText(
        zh: "期间没有任何设备上报;请查看 vigil status,确认消息代理已连接", en: "nobody else spoke either; see whether the broker is connected: vigil status")
    static let othersSpoke = LocalizedText(zh: "期间听到的是:", en: "what was heard instead:")
    static let noDevices = LocalizedText(
        zh: "登记册中没有设备;请查看 vigil devices unclaimed,再用 vigil devices claim 登记",
        en: "no device is registered; see who speaks with vigil devices unclaimed, and register them with vigil devices claim")
    static let noneFits = LocalizedText(
        zh: "没有符合条件的设备;不加条件可列出全部", en: "no registered device fits; without these options all of them are listed")

    static func cutUnclaimed(_ listed: Int, of total: Int) -> LocalizedText {
        LocalizedText(zh: "列出 \(listed) / \(total) 台;用 --limit 可列出更多", en: "\(listed) of \(total) devices; ask for more with --limit")
    }

    static func cutSenders(_ listed: Int, of total: Int) -> LocalizedText {
        LocalizedText(
            zh: "列出消息最多的 \(listed) / \(total) 台;用 --limit 可列出更多",
            en: "the \(listed) of \(total) senders with most messages; ask for more with --limit")
    }

    static func cutSamples(_ listed: Int, of total: Int) -> LocalizedText {
        LocalizedText(
            zh: "列出最新的 \(listed) / \(total) 条样本;用 --limit 可列出更多",
            en: "the newest \(listed) of \(total) samples; ask for more with --limit")
    }

    static func noDevice(_ id: String) -> LocalizedText {
        let name = SettingFault.quoted(id)
        return LocalizedText(
            zh: "登记册中没有设备 \(name);请查看 vigil devices list", en: "no device \(name) is registered; see: vigil devices list")
    }

    static func name(of state: DeviceCondition.State) -> LocalizedText {
        switch state {
        case .heard: LocalizedText(zh: "正常", en: "heard")
        case .stale: LocalizedText(zh: "迟报", en: "stale")
        case .dead: LocalizedText(zh: "失联", en: "dead")
        case .neverHeard: LocalizedText(zh: "从未上报", en: "never heard")
        case .suspended: LocalizedText(zh: "暂停判断", en: "suspended")
        }
    }

    static func isBehind(_ bridge: String, since: String?) -> LocalizedText {
        LocalizedText(
            zh: "网关 \(bridge) \(since.map { "自 \($0) 起" } ?? "")失联", en: "\(bridge) is gone\(since.map { " since \($0)" } ?? "")")
    }

    /// For a list, in few words.
    static func isBehind(_ bridge: String, for age: String) -> LocalizedText {
        LocalizedText(zh: "网关 \(bridge) 失联 \(age)", en: "\(bridge) gone \(age)")
    }

    static func isUnderSource(_ source: String, for age: String) -> LocalizedText {
        LocalizedText(zh: "\(source) 中断 \(age)", en: "\(source) down \(age)")
    }

    static func isUnderSource(_ source: String, since: String?) -> LocalizedText {
        LocalizedText(
            zh: since.map { "\(source) 自 \($0) 起收不到消息" } ?? "\(source) 从未收到过消息",
            en: since.map { "\(source) hears nothing since \($0)" } ?? "\(source) never heard anything")
    }

    static func counterForgotten(_ device: String) -> LocalizedText {
        LocalizedText(
            zh: "\(device) 的消息序号已清除;请让它现在发送一条消息", en: "the number of \(device) is forgotten; let it say something now")
    }

    static func deviceCounts(_ list: DeviceList) -> LocalizedText {
        func count(_ state: DeviceCondition.State) -> Int { list.devices.count { $0.state == state } }
        let (heard, stale, dead, never, suspended) = (count(.heard), count(.stale), count(.dead), count(.neverHeard), count(.suspended))
        return LocalizedText(
            zh: "列出 \(list.devices.count) / \(list.total) 台:正常 \(heard),迟报 \(stale),失联 \(dead),从未上报 \(never),暂停判断 \(suspended)",
            en: "\(list.devices.count) of \(list.total): \(heard) heard, \(stale) stale, \(dead) dead, \(never) never heard, "
                + "\(suspended) suspended")
    }

    static func stale(after length: String) -> LocalizedText { LocalizedText(zh: "\(length) 后为迟报", en: "stale after \(length)") }
    static func dead(after length: String) -> LocalizedText { LocalizedText(zh: "\(length) 后为失联", en: "dead after \(length)") }
    static func stale(at time: String) -> LocalizedText { LocalizedText(zh: "\(time) 起为迟报", en: "stale from \(time) on") }
    static func dead(at time: String) -> LocalizedText { LocalizedText(zh: "\(time) 起为失联", en: "dead from \(time) on") }
    static func ofBytes(_ size: Int) -> LocalizedText { LocalizedText(zh: "(共 \(size) 字节)", en: "(of \(size) bytes)") }

    static func losesPerDay(_ loss: String, empty day: String) -> LocalizedText {
        LocalizedText(zh: "每天约降 \(loss),预计 \(day) 耗尽", en: "loses \(loss) a day, empty about \(day)")
    }

    static func noFrames(_ lookedThrough: Int) -> LocalizedText {
        LocalizedText(
            zh: "最近 \(lookedThrough) 条消息中没有该设备的消息", en: "none of the last \(lookedThrough) messages is from this device")
    }

    // MARK: Messages

    /// - Parameter said: what the message says, or why it says nothing.
    static func verdict(_ verdict: FrameReport.Verdict?, _ said: String) -> LocalizedText {
        switch verdict {
        case .taken where said.isEmpty: LocalizedText(zh: "已采信:只说明设备在线", en: "taken: it lives, and says no more")
        case .taken: LocalizedText(zh: "已采信:\(said)", en: "taken: \(said)")
        case .repeated: LocalizedText(zh: "重复,序号先前已收到,未采信:\(said)", en: "repeated, heard before by its number, not taken: \(said)")
        case .duplicate: LocalizedText(zh: "代理重复投递,此前已处理:\(said)", en: "delivered twice, taken the first time: \(said)")
        case .refused: LocalizedText(zh: "被拒绝,未采信:\(said)", en: "refused, not taken: \(said)")
        case nil:
            LocalizedText(
                zh: "登记之前或很久以前的消息,当时如何处理没有记录;单独解读:\(said)",
                en: "from before its registration or long ago, what was made of it is not known; by itself it says: \(said)")
        }
    }

    /// What is worth saying of a fact beside it; nil for news.
    static func note(_ heed: FrameVerdict.Heed) -> LocalizedText? {
        switch heed {
        case .news: nil
        case .known: LocalizedText(zh: "与先前相同", en: "as before")
        case .kept: LocalizedText(zh: "代理保留的旧消息,不算发生", en: "kept by the broker, calls nobody")
        case .same: LocalizedText(zh: "与刚才是同一次", en: "the same one as just before")
        case .past: LocalizedText(zh: "之后已另有说法", en: "overtaken by what it said since")
        case .unregistered: LocalizedText(zh: "未登记", en: "not registered")
        }
    }

    // MARK: Claiming

    static func notClaimed(_ address: String) -> LocalizedText {
        LocalizedText(
            zh: "\(address) 未登记:登记册未被接受,原有登记册继续有效",
            en: "\(address) was not registered: the registry was refused, and the one before stays in force")
    }

    static func claimedSpokesman(_ address: String) -> LocalizedText {
        LocalizedText(
            zh: "\(address) 是网关或接收器,只替其他设备转发:它本身不保护任何人,请登记它转发的设备",
            en: "\(address) is a gateway or receiver: it speaks for others and protects nobody itself; claim those that it speaks for")
    }

    static func claimed(_ device: Device, version: Int, isGuessed: Bool) -> LocalizedText {
        let place = [device.dwelling?.rawValue, device.resident?.rawValue].compactMap { $0 }.joined(separator: ", ")
        let guess =
            isGuessed
            ? LocalizedText(zh: "(按其消息推定;可在登记册中更改)", en: " (by what it said; change it in the registry)")
            : LocalizedText(zh: "", en: "")
        return LocalizedText(
            zh: """
                \(device.address) 已登记为 \(device.id),位于 \(place),类别 \(device.liveness.rawValue)\(guess.chinese);登记册版本 \(version)
                试一试:vigil devices test \(device.id)
                撤销:vigil registry export > registry.yaml,删去 id 为 \(device.id) 的一行,再 vigil registry import registry.yaml
                """,
            en: """
                \(device.address) is registered as \(device.id) in \(place), liveness \(device.liveness.rawValue)\(guess.english); registry version \(version)
                try it: vigil devices test \(device.id)
                undo: vigil registry export > registry.yaml, delete the line with id \(device.id), vigil registry import registry.yaml
                """)
    }

    // MARK: Testing

    static func testBegins(_ id: String, for length: String) -> LocalizedText {
        LocalizedText(
            zh: "等待 \(id) 最多 \(length):请现在触发它。期间它的求救按演练通知;烟雾和跌倒不算演练。",
            en:
                "waiting for \(id), \(length) at most: set it off now. Its calls for help are told as a drill meanwhile; smoke and falls are not."
        )
    }

    /// - Parameter ignored: how many messages of the device were not taken.
    static func testWaits(_ seconds: Int64, ignored: Int, others: Int) -> LocalizedText {
        LocalizedText(
            zh: "还有 \(seconds) 秒;该设备 \(ignored) 条消息未采信;其他设备 \(others) 条消息",
            en: "\(seconds) s left; \(ignored) of its messages not taken; \(others) messages from others")
    }

    static func testHeard(_ id: String) -> LocalizedText { LocalizedText(zh: "听到 \(id):", en: "\(id) was heard:") }

    static func testNotTaken(_ id: String) -> LocalizedText {
        LocalizedText(
            zh: "\(id) 有消息,但一条也没有采信;这不算一次测试:",
            en: "\(id) spoke, and nothing of it was taken; this counts as no test:")
    }

    static func testLate(_ time: String) -> LocalizedText {
        LocalizedText(
            zh: "呼叫声称发生于 \(time),超过十分钟:按迟到的求救通知,不算演练;请校准设备时钟或用当前时间重试",
            en:
                "its call claims to be of \(time), more than ten minutes ago: unless its clock is known to be wrong, people are told of a call that arrived late, not of a drill; set the clock, or try with the time of now"
        )
    }

    static func testSilent(_ id: String, for length: String) -> LocalizedText {
        LocalizedText(zh: "\(length) 内没有听到 \(id)", en: "\(id) said nothing for \(length)")
    }
}
