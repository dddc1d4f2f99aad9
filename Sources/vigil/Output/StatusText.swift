import VigilConsole
import VigilCore

/// How the watch itself is, in words.
struct StatusText {
    let language: Language
    let now: WallTime

    func text(_ status: StatusReport) -> String {
        var lines = ["vigil \(status.version)  \(head(status))  \(said("运行", "up")) \(LocalClock.age(of: status.startedAt, now: now))"]
        lines += status.notReady.map { "  ! \($0)" }
        lines += status.nobodyReachable.map { "  ! \(said("无人可达", "nobody is reached about")) \($0)" }
        let open = status.openAlerts
        lines.append(
            "\(said("警报", "alerts"))    \(open.red) \(Words.name(of: .red)[language])  \(open.yellow) "
                + "\(Words.name(of: .yellow)[language])  \(open.blue) \(Words.name(of: .blue)[language])")
        if status.unobserved > 0 {
            lines.append("\(said("住户", "people"))    \(status.unobserved) \(said("人未观察", "unobserved")): vigil blind")
        }
        lines.append("\(said("存储", "storage"))   \(storage(status.storage))")
        lines.append(
            "\(said("引擎", "engine"))    \(said("队列", "queue")) \(status.engine.queue)  #\(status.engine.sequence)  "
                + "\(said("登记册", "registry")) v\(status.engine.registryVersion)  \(said("规则", "rules")) v\(status.engine.rulesVersion)")
        lines += status.brokers.map { "\(said("代理", "broker"))    \(broker($0))" }
        lines += status.listeners.map { "\(said("监听", "listener"))  \(listener($0))" }
        lines += status.receivers.map { "\(said("接收", "receiver"))  \(receiver($0))" }
        lines += status.channels.map { "\(said("通道", "channel"))   \(channel($0))" }
        lines += status.heartbeat.map { ["\(said("心跳", "outside"))    \(heartbeat($0))"] } ?? []
        return lines.joined(separator: "\n")
    }

    private func heartbeat(_ heartbeat: StatusReport.Heartbeat) -> String {
        if let failure = heartbeat.failure { return "\(said("未送达", "monitor NOT reached"))  \(failure)" }
        if heartbeat.reasons.isEmpty { return said("正常", "monitor told: well") }
        return "\(said("已报故障", "monitor told: FAIL"))  \(heartbeat.reasons.joined(separator: "; "))"
    }

    private func head(_ status: StatusReport) -> String {
        status.notReady.isEmpty ? Words.ready[language] : said("未就绪", "not ready")
    }

    private func storage(_ storage: StatusReport.Storage) -> String {
        let words = storage.isRecording ? said("正常记录", "recording") : said("无法记录", "NOT recording")
        let ballast = storage.hasBallast ? "" : said("  无压舱文件", "  no ballast")
        return "\(words)  \(storage.directory)\(ballast)\(storage.detail.isEmpty ? "" : "  \(storage.detail)")"
    }

    private func broker(_ broker: StatusReport.Broker) -> String {
        source(broker, broker.isConnected ? said("已连接", "connected") : said("未连接", "NOT connected"))
    }

    private func listener(_ listener: StatusReport.Broker) -> String {
        source(listener, listener.isConnected ? said("监听中", "listening") : said("未监听", "NOT listening"))
    }

    private func receiver(_ receiver: StatusReport.Broker) -> String {
        source(receiver, receiver.isConnected ? said("接收中", "hears") : said("收不到", "hears NOTHING"))
    }

    private func source(_ broker: StatusReport.Broker, _ state: String) -> String {
        let last = broker.lastMessageAt.map { "  \(said("最近消息", "last")) \(LocalClock.age(of: $0, now: now))" } ?? ""
        return
            "\(broker.id)  \(state)  \(broker.frames) \(said("帧", "frames"))\(last)\(broker.detail.isEmpty ? "" : "  \(broker.detail)")"
    }

    private func channel(_ channel: StatusReport.Channel) -> String {
        "\(channel.id) (\(channel.kind))  \(channel.waiting) \(said("待发", "waiting"))  \(channel.delivered) "
            + "\(said("已送达", "delivered"))  \(channel.failed) \(said("失败", "failed"))"
            + (channel.detail.isEmpty ? "" : "  \(channel.detail)")
    }

    private func said(_ chinese: String, _ english: String) -> String { LocalizedText(zh: chinese, en: english)[language] }
}
