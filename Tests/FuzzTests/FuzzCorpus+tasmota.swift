extension FuzzCorpus {
    static let tasmota = FuzzCorpus(
        payloads: [
            // tasmota/docs docs/Zigbee.md, docs/Bluetooth.md, docs/Bluetooth_ESP32.md
            #"{"ZbReceived":{"0x8F20":{"Name":"Kitchen","BatteryVoltage":2.995,"BatteryPercentage":98,"Temperature":21.01,"Endpoint":1}}}"#,
            #"{"ZbReceived":{"0x1234":{"Device":"0x1234","0500<00":"010000010000","ZoneStatusChange":257,"Fire":1,"Water":0,"Contact":1}}}"#,
            #"{"ZbReceived":{"remote":{"Device":"0xF72F","0006!02":"","Power":2,"Click":"hold","AqaraVibrationMode":"tilt"}}}"#,
            #"{"ZbState":{"Status":30,"IEEEAddr":"0x00158D00036B50AE","ShortAddr":"0x8F20","PowerSource":false}}"#,
            #"{"Time":"2021-01-02T12:08:40","IBEACON":{"MAC":"A4C1387FC1E1","RSSI":-56,"STATE":"ON"}}"#,
            #"{"Time":"2020-03-24T12:47:51","LYWSD03-52680f":{"Temperature":21.1,"Battery":100},"MJ_HT_V1-d8799d":{"Temperature":21.4},"TempUnit":"F"}"#,
            #"{"MCCGQ02-d8799d":{"Door":0,"Motion":1,"Leak":0,"Button1":2,"Battery":99,"MAC":"A4C138D8799D"}}"#,
            // docs/HLK-LD2410.md, docs/HLK-LD2410S.md; xsns_102_ld2402.ino
            #"{"Time":"2024-11-09T12:52:46","LD2410":{"Distance":[200.0,181.0,144.0],"Energy":[13,100]},"LD2410S":{"People":2}}"#,
            #"{"LD2402":{"Distance":105,"Occupancy":true}}"#,
            // docs/DeepSleep.md, docs/MQTT.md, docs/Buttons-and-Switches.md
            #"{"Time":"2021-06-27T15:03:44+02:00","Epoch":1567595328,"Switch1":"OFF","POWER1":"ON","DS18B20-1":{"Temperature":85.0}}"#,
            #"{"StatusSNS":{"Time":"2019-12-18T10:13:38","ENERGY":{"Total":0.017},"SI7021":{"Temperature":22.5},"TempUnit":"F"}}"#,
            #"{"Switch1":{"Action":"HOLD"},"Button2":{"Action":"SINGLE"},"RestartReason":"Power On"}"#,
            "Online", "ON", "0",
        ],
        topics: [
            "tele/hall/SENSOR", "tele/hall/STATE", "tele/hall/LWT", "tele/hall/INFO3", "stat/hall/RESULT", "stat/hall/POWER2",
            "stat/hall/PIR1", "hall/tele/SENSOR", "tele/bridge/8F20/SENSOR", "cmnd/hall/POWER", "home/hall/SENSOR",
        ])
}
