import VigilCore

// What lists of things to do say.

extension Words {
    // MARK: Tests

    static let tests = LocalizedText(zh: "试警清单", en: "ALARM TESTS")
    static let place = LocalizedText(zh: "住址", en: "PLACE")
    static let testResident = LocalizedText(zh: "住户", en: "RESIDENT")
    static let testDevice = LocalizedText(zh: "设备", en: "DEVICE")
    static let lastTest = LocalizedText(zh: "上次试警", en: "LAST TEST")
    static let overdueSince = LocalizedText(zh: "逾期自", en: "OVERDUE SINCE")
    static let never = LocalizedText(zh: "从未", en: "never")
    static let always = LocalizedText(zh: "启用以来", en: "the beginning")
    static let noneOverdue = LocalizedText(zh: "没有逾期未试警的设备", en: "nothing is overdue: every device was tried out in time")
    static let noTests = LocalizedText(
        zh: "登记册中没有需要试警的设备;请查看配置中的 tests 和登记册中的 test_every",
        en: "no registered device is to be tried out; see tests in the configuration, and test_every in the registry")

    static func testCounts(_ overdue: Int, of total: Int) -> LocalizedText {
        LocalizedText(zh: "共 \(total) 台,逾期 \(overdue) 台", en: "\(overdue) of \(total) devices overdue")
    }

    // MARK: Visits

    static let visits = LocalizedText(zh: "走访清单", en: "VISITS")
    static let elsewhere = LocalizedText(zh: "(不属于任何网格)", en: "(in no grid)")
    static let noVisits = LocalizedText(zh: "今天没有需要走访的住户", en: "nobody needs a visit")
    static let neverVisited = LocalizedText(zh: "应走访,尚无走访记录", en: "a visit is due: there never was one")
    static let isUnwatched = LocalizedText(
        zh: "守望未运行:谁处于失守状态不得而知,所有人都应视为无人守护。", en: "No daemon runs: nobody is watched, and who cannot be heard is not known.")

    static func isBlind(for age: String) -> LocalizedText {
        LocalizedText(zh: "失守 \(age):出了事没有设备会发现", en: "blind for \(age): nothing would tell that they fell silent")
    }

    static func isDegraded(for age: String) -> LocalizedText {
        LocalizedText(zh: "守护不完整 \(age):部分设备没有声音", en: "degraded for \(age): some of their devices cannot be heard")
    }

    static func onlyWorst(_ limit: Int) -> LocalizedText {
        LocalizedText(
            zh: "只列出最紧急的 \(limit) 条;用 --limit 可列出更多", en: "only the \(limit) most urgent are shown; ask for more with --limit")
    }

    static func onlyNewest(_ limit: Int) -> LocalizedText {
        LocalizedText(zh: "只列出最新的 \(limit) 条;用 --limit 可列出更多", en: "only the newest \(limit) are shown; ask for more with --limit")
    }

    static func openFor(_ age: String) -> LocalizedText { LocalizedText(zh: "已 \(age)", en: "open for \(age)") }

    static func visitOverdue(by age: String) -> LocalizedText { LocalizedText(zh: "走访逾期 \(age)", en: "visit overdue by \(age)") }

    static func visitDue(_ time: String) -> LocalizedText { LocalizedText(zh: "走访应于 \(time) 前", en: "visit due by \(time)") }

    static func lastVisit(_ time: String, by name: String) -> LocalizedText {
        LocalizedText(zh: "上次走访 \(time)(\(name))", en: "last visit \(time) by \(name)")
    }

    /// Each resident counts once in each sort of reason.
    static func visitCounts(_ list: VisitList) -> LocalizedText {
        func count(_ what: VisitList.Reason.What) -> Int { list.visits.count { $0.reasons.contains { $0.what == what } } }
        let (blind, due, degraded, alerts) = (count(.blind), count(.due), count(.degraded), count(.alert))
        let gaps = count(.unobserved)
        let chinese = "失守 \(blind),未观察 \(gaps),到期 \(due),不完整 \(degraded),蓝色警报 \(alerts);外出或住院 \(list.away)"
        let english = "\(blind) blind, \(gaps) unobserved, \(due) due, \(degraded) degraded, \(alerts) with blue alerts"
        return LocalizedText(
            zh: "走访 \(list.visits.count) / \(list.total) 人:\(chinese)",
            en: "\(list.visits.count) of \(list.total): \(english); \(list.away) away")
    }
}
