import Testing
import VigilIngest

struct BluetoothAdapterTests {
    @Test(
        "an adapter is read as it is written",
        arguments: [
            "hci0", "hci12", "h4:/dev/ttyACM0", "h4:/dev/ttyS1@1000000", "h4:/dev/ttyS1@1000000,rtscts", "h4:/dev/ttyS1,rtscts",
            "h4:tcp:10.8.0.9:7000", "h4:tcp:[fd00::1]:7000", "h4:unix:/run/radio.sock",
        ])
    func reads(text: String) throws {
        #expect(try #require(BluetoothAdapter(text)).description == text)
    }

    @Test("what a serial device leaves out is usual")
    func serial() {
        #expect(
            BluetoothAdapter("h4:/dev/ttyACM0") == .h4(.serial(path: "/dev/ttyACM0", baud: 115_200, hasFlowControl: false)))
        #expect(
            BluetoothAdapter("h4:/dev/ttyS1@921600,rtscts") == .h4(.serial(path: "/dev/ttyS1", baud: 921_600, hasFlowControl: true)))
    }

    @Test(
        "what names no adapter is none",
        arguments: [
            "", "hci", "hci-1", "hci00", "hci1000", "bluetooth", "h4:", "h4:ttyACM0", "h4:/dev/ttyS1@12345", "h4:/dev/ttyS1@",
            "h4:tcp:localhost:7000", "h4:tcp:0.0.0.0:7000", "h4:tcp:10.8.0.9", "h4:unix:radio.sock",
        ])
    func refuses(text: String) {
        #expect(BluetoothAdapter(text) == nil)
    }
}
