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
}
