extension FuzzCorpus {
    static let opensleep = FuzzCorpus(
        // LiamSnow/opensleep MQTT.md
        payloads: ["true", "false", "online"], topics: ["opensleep/state/presence/left", "opensleep/state/presence/any"])

    // yuque.com/ysss/elder/eoxu4n
    static let sleepace = FuzzCorpus(
        payloads: [
            #"[{"dataKey":"realtime","deviceId":"002s7dbcssyxc","data":{"leftRight":0,"breath":15,"heart":65,"turnOver":0,"temp":25,"hum":32,"bedStatus":0},"timeStamp":1502069838}]"#,
            #"{"dataKey":"alarmNotify","deviceId":"002s7dbcssyxc","timeStamp":1660620197,"data":{"id":1,"type":"alarmLeftBed","status":0}}"#,
        ], topics: ["sleepace/site", "bed"])

    // jxlarrea/ha-emfitqs
    static let emfit = FuzzCorpus(
        payloads: ["SER=00112A<br>\nPRES=1<br>\nHR=61<br>\nRR=14<br>\nACT=0<br>"], topics: ["emfit/bed", "bed"])

    // DFRobot sleep_mqtt.ino
    static let dfrobot = FuzzCorpus(
        payloads: ["1", "62", "255", "online"],
        topics: ["sleepsensor/bed_status", "sleepsensor/heartbeat", "sleepsensor/respiration", "sleepsensor/availability"])

    // lumi-openlcoud/opencloud-docs
    static let aqara = FuzzCorpus(
        payloads: [
            #"{"cmd":"report","model":"sensor_magnet.aq2","sid":"158d0000123456","params":[{"window_status":"open"},{"battery_voltage":3005}]}"#,
            #"{"cmd":"heartbeat","model":"gateway.v3","sid":"f0b429b3c9d965","token":"1234567890abcdef","params":[{"ip":"172.22.4.130"}]}"#,
        ], topics: ["aqara/home", "lan"])

    // ESPresense src/main.cpp
    static let espresense = FuzzCorpus(
        payloads: [#"{"id":"tag","name":"Wang","distance":1.2,"rssi":-60}"#, "ON", "offline"],
        topics: ["espresense/devices/tag/bedroom", "espresense/rooms/bedroom/status", "espresense/rooms/bedroom/motion"])

    // theengs/decoder tests
    static let theengs = FuzzCorpus(
        payloads: [
            #"{"brand":"Polar","model":"Heart Rate Sensor","model_id":"H10","type":"BODY","bpm":70,"batt":97}"#,
            #"{"id":"45:F6:8A:76:86:C5","rssi":-55,"txpower":12,"distance":0.495572}"#,
            #"{"model_id":"SBBT-002C","type":"BTN","acts":true,"cont":true,"packet":29,"batt":100,"button":1}"#,
        ], topics: ["home/OpenMQTTGateway/BTtoMQTT/A0B1C2D3E4F5", "home/home_presence/gateway"])

    // merbanan/rtl_433 src/output_mqtt.c, src/devices, issues 2047 and 2327
    static let rtl433 = FuzzCorpus(
        payloads: [
            #"{"time":"2022-04-15 22:43:04","model":"Smoke-GS558","id":31722,"unit":24,"learn":0,"code":"5f7d58"}"#,
            #"{"time":"2022-03-23 20:11:54.643434","protocol":68,"model":"Kerui-Security","id":840811,"cmd":10,"motion":1,"state":"motion"}"#,
            #"{"model":"Honeywell-Security","id":702442,"channel":8,"event":160,"state":"open","contact_open":1,"tamper":0,"battery_ok":1}"#,
            #"{"model":"Interlogix-Security","subtype":"contact","id":"a52c11","battery":"LOW","switch1":"OPEN"}"#,
            "0", "1", "0.88", "21.50000", "Fire alarm", "KR18 PANIC", "LOW",
        ],
        topics: [
            "rtl_433/box/events", "rtl_433/box/states", "rtl_433/box/devices/Smoke-GS558/31722/learn",
            "rtl_433/box/devices/Honeywell-Security/8/702442/contact_open", "rtl_433/box/devices/Govee-Water/4711/battery_ok",
            "rtl_433/box/devices/Interlogix-Security/contact/a52c11/battery", "rtl_433/box/devices/X10-Security/31a0/event",
            "rtl_433/box/devices/Prologue-TH/1/9/temperature_C", "rtl_433/box/devices/Cavius-Security/4711/text",
        ])
}
