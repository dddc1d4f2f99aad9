import Testing
import VigilCore
import VigilDaemon
import VigilDevices

/// The profiles of platforms: payloads as they document them in, whose facts they are out.
struct ShippedPlatformTests {
    private func decode(_ dialect: Dialect, _ topic: String, _ payload: String) throws -> Decoded {
        let entry = DecoderRegistry.shipped.entry(for: dialect)
        return try #require(entry).decoder.decode(Capture(topic, payload))
    }

    private func facts(_ dialect: Dialect, _ topic: String, _ payload: String) throws -> [String] {
        let entry = DecoderRegistry.shipped.entry(for: dialect)
        let decoder = try #require(entry).decoder
        let capture = Capture(topic, payload)
        let decoded = try decoder.decode(capture)
        #expect(decoded.faults == [])
        return decoded.facts(of: decoder.address(of: capture.frame)?.name ?? "nobody")
    }

    // MARK: Aliyun IoT, help.aliyun.com/document_detail/89301 and 73736

    @Test("Aliyun's example names nothing that has one meaning in every product")
    func aliyunExample() throws {
        let payload =
            #"{"id":"123","version":"1.0","sys":{"ack":0},"params":{"Power":{"value":"on","time":1524448722000},"WF":{"value":23.6,"time":1524448722000}},"method":"thing.event.property.post"}"#

        #expect(try facts("aliyun-iot", "/sys/pk/d1/thing/event/property/post", payload) == ["pk/d1 device_alive true"])
    }

    @Test(
        "Aliyun's standard functions are read, with their times or bare",
        arguments: [
            (#""SmokeSensorState":{"value":1,"time":1526051254000}"#, "smoke true"),
            (#""SmokeSensorState":{"value":0}"#, "smoke false"),
            (#""SmokeSensorState":1"#, "smoke true"), (#""GasSensorState":"1""#, "gas true"), (#""ContactState":1"#, "door_open true"),
            (#""ContactState":{"value":0}"#, "door_open false"), (#""WaterSensorState":1"#, "water_leak true"),
            (#""MotionAlarmState":0"#, "motion false"), (#""EmergencyAlarm":1"#, "sos true"),
            (#""EmergencyAlarm":0"#, "device_alive true"),
            (#""BatteryPercentage":{"value":99.0}"#, "battery_percent 99.0"), (#""TamperState":1"#, "tamper true"),
            (#""UnderVoltError":0"#, "battery_low false"), (#""SmokeSensorState":{"value":null}"#, "device_alive true"),
        ])
    func aliyunStandard(params: String, expected: String) throws {
        let told = try facts("aliyun-iot", "/sys/pk/d1/thing/event/property/post", #"{"id":"1","params":{\#(params)}}"#)

        #expect(told == ["pk/d1 \(expected)"])
    }

    @Test("each property of a post has its own time, and a word that nobody knows takes nothing with it")
    func aliyunTimes() throws {
        let decoded = try decode(
            "aliyun-iot", "/sys/pk/d1/thing/event/property/post",
            #"{"params":{"SmokeSensorState":{"value":1,"time":1526051254000},"ContactState":{"value":7},"BatteryPercentage":80}}"#)

        #expect(decoded.facts == [.level(.smoke, true), .level(.battery_percent, 80)])
        #expect(decoded.observations.map(\.eventTime) == [EventTime(1_526_051_254_000), nil])
        #expect(
            decoded.faults == [
                "value: unknown word \"7\"; known: 0, 1; say in words what it means, or ~ for nothing (aliyun-iot.yaml:18)"
            ])
    }

    @Test("events are read by the name in their topic")
    func aliyunEvents() throws {
        let body = #"{"params":{"value":{},"time":1524448722000}}"#

        #expect(try facts("aliyun-iot", "/sys/pk/d1/thing/event/TamperAlarm/post", body) == ["pk/d1 tamper true"])
        #expect(try facts("aliyun-iot", "/sys/pk/d1/thing/event/LowElectricityAlarm/post", body) == ["pk/d1 battery_low true"])
        #expect(try facts("aliyun-iot", "/sys/pk/d1/thing/event/alarm/post", body) == ["pk/d1 device_alive true"])
    }

    @Test("a gateway's pack tells of each device behind it, and the gateway is alive")
    func aliyunPack() throws {
        let payload = #"""
            {"params":{"properties":{"BatteryPercentage":{"value":70}},"events":{},"subDevices":[
              {"identity":{"productKey":"s","deviceName":"a"},"properties":{"SmokeSensorState":{"value":1}},"events":{"TamperAlarm":{"value":{}}}},
              {"identity":{"productKey":"s","deviceName":"b"},"properties":{"ContactState":0}},
              {"identity":{"productKey":"s"},"properties":{"SmokeSensorState":1}}]}}
            """#
        let decoded = try decode("aliyun-iot", "/sys/pk/gw/thing/event/property/pack/post", payload)

        #expect(
            decoded.facts(of: "pk/gw") == ["pk/gw battery_percent 70.0", "s/a smoke true", "s/b door_open false", "s/a tamper true"])
        #expect(
            decoded.faults == [
                "device: missing, or no name of at most 128 bytes; correct device:, or ignore such messages (aliyun-iot.yaml:49)"
            ])
    }

    @Test("what the platform forwards, batches and keeps")
    func aliyunForwarded() throws {
        let items =
            #"{"productKey":"pk","deviceName":"d1","gmtCreate":1,"items":{"SmokeSensorState":{"value":1,"time":1510799670074}}}"#
        let batch =
            #"{"params":{"properties":{"SmokeSensorState":[{"value":1,"time":1524448722000},{"value":0,"time":1524448732000}]}}}"#
        let history = #"{"params":[{"properties":[{"SmokeSensorState":{"value":1,"time":123456}}]}]}"#

        #expect(try facts("aliyun-iot", "/pk/d1/thing/event/property/post", items) == ["pk/d1 smoke true"])
        #expect(try facts("aliyun-iot", "/as/mqtt/status/pk/d1", #"{"status":"offline"}"#) == ["pk/d1 availability offline"])
        #expect(
            try facts("aliyun-iot", "/sys/pk/d1/thing/event/property/batch/post", batch) == ["pk/d1 smoke true", "pk/d1 smoke false"])
        #expect(try facts("aliyun-iot", "/sys/pk/d1/thing/event/property/history/post", history) == ["pk/d1 device_alive true"])
        #expect(throws: DecodeFailure.self) { try decode("aliyun-iot", "/sys/pk/d1/thing/model/up_raw", "\u{0}\u{1}") }
    }

    @Test(
        "what is said to a device is nobody's word",
        arguments: [
            ("aliyun-iot", "/sys/pk/d1/thing/event/property/post_reply"), ("aliyun-iot", "/sys/pk/d1/thing/service/property/set"),
            ("onenet", "$sys/p/d1/thing/property/post/reply"), ("onenet", "$sys/p/d1/thing/property/set"),
            ("huawei-iotda", "$oc/devices/d1/sys/events/down"), ("huawei-iotda", "$oc/devices/d1/sys/commands/request_id=1"),
            ("thingsboard", "v1/devices/me/rpc/request/1"),
        ] as [(Dialect, String)])
    func toDevices(dialect: Dialect, topic: String) throws {
        let address = DecoderRegistry.shipped.entry(for: dialect)?.decoder.address(of: Capture(topic, "{}").frame)

        #expect(address == nil)
    }

    // MARK: OneNET, warrlon/warrlon iotgz-docs OneJSON/property&event.md

    @Test("OneNET shows whose message it is, and concludes nothing from names that are the product's own")
    func onenet() throws {
        let pack = #"""
            {"id":"123","params":[{"identity":{"productID":"p2","deviceName":"c1"},"properties":{"Power":{"value":"on"}},"events":{}},
              {"properties":{"Power":{"value":"on"}}}]}
            """#

        #expect(
            try facts("onenet", "$sys/p/d1/thing/property/post", #"{"params":{"Power":{"value":"on"}}}"#) == ["p/d1 device_alive true"])
        #expect(try facts("onenet", "$sys/p/d1/thing/event/post", #"{"params":{"e":{"value":{}}}}"#) == ["p/d1 device_alive true"])
        #expect(try facts("onenet", "$sys/p/gw/thing/pack/post", pack) == ["p2/c1 device_alive true", "p/gw device_alive true"])
        #expect(
            try facts("onenet", "$sys/p/gw/thing/history/post", #"{"params":[{"identity":{"productID":"p2","deviceName":"c1"}}]}"#)
                == ["p2/c1 device_alive true", "p/gw device_alive true"])
        #expect(
            try facts("onenet", "$sys/p/gw/thing/sub/logout", #"{"params":{"productID":"p2","deviceName":"c1"}}"#)
                == ["p2/c1 availability offline", "p/gw device_alive true"])
    }

    // MARK: Huawei IoTDA, support.huaweicloud.com iot_06_v5_3010, 3006, 3022

    @Test("Huawei's gateways speak for the devices behind them")
    func huawei() throws {
        let batch = #"""
            {"devices":[{"device_id":"c1","services":[{"service_id":"analog","properties":{"x":"1"},"event_time":"20190606T121212Z"}]},
              {"device_id":"c2","services":[{"service_id":"analog","properties":{"x":"1"}}]}]}
            """#
        let statuses = #"""
            {"object_device_id":"gw","services":[{"service_id":"$sub_device_manager","event_type":"sub_device_update_status",
              "event_time":"20151212T121212Z","paras":{"device_statuses":[{"device_id":"c1","status":"ONLINE"},{"device_id":"c2","status":"OFFLINE"}]}}]}
            """#
        let own = #"{"services":[{"service_id":"Temperature","properties":{"value":57},"event_time":"20151212T121212Z"}]}"#

        #expect(try facts("huawei-iotda", "$oc/devices/d1/sys/properties/report", own) == ["d1 device_alive true"])
        #expect(
            try facts("huawei-iotda", "$oc/devices/gw/sys/gateway/sub_devices/properties/report", batch)
                == ["c1 device_alive true", "c2 device_alive true", "gw device_alive true"])
        #expect(
            try facts("huawei-iotda", "$oc/devices/gw/sys/events/up", statuses)
                == ["c1 availability online", "c2 availability offline", "gw device_alive true"])
    }

    // MARK: ThingsBoard, thingsboard.io/docs/reference/gateway-mqtt-api

    @Test("ThingsBoard's gateway names its devices, and says when they come and go")
    func thingsboard() throws {
        let telemetry =
            #"{"Device A":[{"ts":1483228800000,"values":{"temperature":42}},{"values":{}}],"Device B":{"ts":1483228800000,"values":{}}}"#

        #expect(
            try facts("thingsboard", "v1/gateway/telemetry", telemetry)
                == [
                    "Device A device_alive true", "Device A device_alive true", "Device B device_alive true",
                    "gateway device_alive true",
                ])
        #expect(
            try facts("thingsboard", "v1/gateway/disconnect", #"{"device":"Device A"}"#)
                == ["Device A availability offline", "gateway device_alive true"])
        #expect(
            try facts("thingsboard", "v1/gateway/attributes", #"{"Device A":{"fw":"1"}}"#)
                == ["Device A device_alive true", "gateway device_alive true"])
        #expect(
            try facts("thingsboard", "v1/gateway/attributes", #"{"device":"Device A","data":{"x":1}}"#) == ["gateway device_alive true"]
        )
        #expect(try facts("thingsboard", "v1/devices/me/telemetry", #"{"temperature":22.5}"#) == ["me device_alive true"])
        #expect(
            try facts("thingsboard", "hall/v1/devices/me/telemetry", #"[{"ts":1451649600000,"values":{}}]"#) == [
                "hall device_alive true"
            ])
    }
}
