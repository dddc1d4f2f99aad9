extension FuzzCorpus {
    static let chirpStack = FuzzCorpus(
        payloads: [
            // chirpstack/chirpstack-docs src/chirpstack/integrations/events.md
            #"{"time":"2022-07-18T09:34:15.775023242+00:00","deviceInfo":{"deviceProfileName":"Test device-profile","devEui":"0101010101010101","tags":{"key":"value"}},"fPort":1,"data":"qg=="}"#,
            #"{"time":"2022-07-18T09:35:06.927172638+00:00","deviceInfo":{"devEui":"0101010101010101"},"margin":10,"batteryLevel":88.3}"#,
            #"{"deviceInfo":{"devEui":"0101010101010101"},"location":{"latitude":37.344214,"longitude":-8.839375,"altitude":2}}"#,
            // Milesight-IoT/SensorDecoders, vs373, gs524n, ws101
            #"{"deviceInfo":{"devEui":"24e124b37b007001"},"object":{"detection_status":"fall","target_status":"motionless","events":[{"alarm_id":12,"alarm_type":"fall","alarm_status":"alarm_triggered"}],"respiratory_status":"normal","respiratory_rate":16.2}}"#,
            #"{"object":{"fall_alarm":{"alarm_id":"1, 2, 3","alarm_status":"1, 1, 2"},"lying_alarm":{"alarm_status":1},"history":[{"timestamp":1710000000,"alarm_type":"fall"}]}}"#,
            #"{"object":{"type":"smoke sensor","battery":100,"temperature":28,"event":"testing alarm with normal battery"},"data":"Ih5kABxA"}"#,
            #"{"object":{"battery":16,"button_event":{"status":"short press"},"magnet_status":"open","tamper_status":"installed","occupancy":"vacant"}}"#,
            #"{"deviceInfo":{"deviceName":"VS373 room 302"},"data":"A/gEAQoAFAAG+wwAAAH/"}"#,
            #"{"deviceInfo":{"deviceProfileName":"Milesight WS101 SOS"},"data":"AXUQ/y4B"}"#,
            #"{"deviceInfo":{"tags":{"model":"GS524N"}},"data":"Ih5kABxA"}"#,
        ],
        topics: [
            "application/17c82e96/device/24e124b37b007001/event/up", "application/1/device/0101010101010101/event/status",
            "application/1/device/0101010101010101/event/location", "site/application/1/device/24E124538B003001/event/up",
        ])
}
