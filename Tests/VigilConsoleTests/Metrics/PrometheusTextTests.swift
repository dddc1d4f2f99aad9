import Testing
import VigilConsole

struct PrometheusTextTests {
    @Test("label values and help are escaped as the format asks")
    func escaping() {
        var text = PrometheusText()

        text.write("vigil_x_total", .counter, help: "a \\ b\nc \"d\"", [.init(3, ["channel": "a\"b\\c\nd", "outcome": "守望"])])

        #expect(
            text.text == """
                # HELP vigil_x_total a \\\\ b\\nc "d"
                # TYPE vigil_x_total counter
                vigil_x_total{channel="a\\"b\\\\c\\nd",outcome="守望"} 3

                """)
    }

    @Test(
        "numbers are written as the format reads them",
        arguments: [(1.5, "1.5"), (1e15, "1000000000000000"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf")])
    func numbers(value: Double, written: String) {
        var text = PrometheusText()

        text.write("vigil_y", .gauge, help: "y", value)

        #expect(text.text.hasSuffix("vigil_y \(written)\n"))
    }

    @Test("a metric without a value is left out")
    func empty() {
        var text = PrometheusText()

        text.write("vigil_z", .gauge, help: "z", [])

        #expect(text.text.isEmpty)
    }
}
