extension FuzzCorpus {
    // help.aliyun.com/document_detail/89301, 73736
    static let aliyun = FuzzCorpus(
        payloads: [
            #"{"id":"123","version":"1.0","params":{"SmokeSensorState":{"value":0,"time":1526051254000},"BatteryPercentage":{"value":99,"time":1526051254000},"WF":23.6},"method":"thing.event.property.post"}"#,
            #"{"id":"123","params":{"properties":{"ContactState":{"value":1}},"events":{"TamperAlarm":{"value":{}}},"subDevices":[{"identity":{"productKey":"s","deviceName":"a"},"properties":{"EmergencyAlarm":{"value":1,"time":1524448722000}},"events":{"LowElectricityAlarm":{"value":{"Power":"on"},"time":1524448722000}}}]}}"#,
            #"{"productKey":"pk","deviceName":"d1","gmtCreate":1510799670074,"items":{"MotionAlarmState":{"value":1,"time":1510799670074}}}"#,
            #"{"status":"offline","productKey":"pk","deviceName":"d1","utcTime":"2018-08-31T07:32:28.205Z"}"#,
            #"{"params":{"properties":{"SmokeSensorState":[{"value":1,"time":1524448722000},{"value":0,"time":1524448732000}]}}}"#,
        ],
        topics: [
            "/sys/pk/d1/thing/event/property/post", "/sys/pk/gw/thing/event/property/pack/post", "/pk/d1/thing/event/property/post",
            "/as/mqtt/status/pk/d1", "/sys/pk/d1/thing/event/property/batch/post", "/sys/pk/d1/thing/event/TamperAlarm/post",
        ])

    // warrlon/warrlon iotgz-docs OneJSON/property&event.md
    static let onenet = FuzzCorpus(
        payloads: [
            #"{"id":"123","version":"1.0","params":{"Power":{"value":"on","time":1524448722123},"WF":{"value":23.6,"time":1524448722123}}}"#,
            #"{"id":"123","params":[{"identity":{"productID":"p","deviceName":"c1"},"properties":{"Power":{"value":"on","time":1524448722000}},"events":{"e":{"value":{"WF":"2"},"time":1524448722000}}},{"properties":{"WF":{"value":"3"}}}]}"#,
            #"{"id":"1","params":{"productID":"p","deviceName":"c1"}}"#,
        ],
        topics: [
            "$sys/p/d1/thing/property/post", "$sys/p/gw/thing/pack/post", "$sys/p/gw/thing/sub/login", "$sys/p/gw/thing/history/post",
        ])

    // support.huaweicloud.com iot_06_v5_3010, 3006, 3022
    static let huawei = FuzzCorpus(
        payloads: [
            #"{"services":[{"service_id":"Temperature","properties":{"value":57,"value2":60},"event_time":"20151212T121212Z"}]}"#,
            #"{"devices":[{"device_id":"c1","services":[{"service_id":"analog","properties":{"x":"1"},"event_time":"20190606T121212Z"}]},{"device_id":"c2","services":[{"service_id":"analog","properties":{"x":"1"}}]}]}"#,
            #"{"object_device_id":"gw","services":[{"service_id":"$sub_device_manager","event_type":"sub_device_update_status","event_time":"20151212T121212Z","paras":{"device_statuses":[{"device_id":"c1","status":"ONLINE"},{"device_id":"c2","status":"OFFLINE"}]}}]}"#,
        ],
        topics: [
            "$oc/devices/d1/sys/properties/report", "$oc/devices/gw/sys/gateway/sub_devices/properties/report",
            "$oc/devices/gw/sys/events/up",
        ])

    // thingsboard.io/docs/reference/mqtt-api/telemetry, gateway-mqtt-api
    static let thingsboard = FuzzCorpus(
        payloads: [
            #"[ {"ts": 1451649600000, "values": {"temperature": 22.5, "humidity": 61}}, {"ts": 1451649601000, "values": {"temperature": 22.7}}]"#,
            #"{"Device A":[{"ts":1483228800000,"values":{"temperature":42}},{"values":{}}],"Device B":[{"ts":1483228800000,"values":{}}]}"#,
            #"{"device":"Device A","type":"default"}"#, #"{"device":"Device A","data":{"attribute1":"value1"}}"#,
        ],
        topics: ["v1/devices/me/telemetry", "v1/gateway/telemetry", "v1/gateway/connect", "v1/gateway/attributes"])
}
