extension FuzzCorpus {
    static let esphome = FuzzCorpus(
        payloads: [
            // esphome/esphome esphome/components/mqtt/mqtt_event.cpp, esphome/components/light/light_json_schema.cpp
            #"{"event_type":"double_press"}"#, #"{"state":"ON","color_mode":"brightness","brightness":128}"#, "ON", "OFF", "71.0",
            "nan",
            "online", "offline",
        ],
        topics: [
            "bathroom-radar/binary_sensor/falling_detected/state", "bed/sensor/real-time_heart_rate/state", "hall/status", "hall/debug",
            "hall/binary_sensor/kitchen_smoke/state", "hall/sensor/battery_voltage/state", "hall/event/sos_button/state",
            "hall/light/lamp/state", "hall/climate/stove/current_temperature/state", "flat/hall/sensor/outside_temperature/state",
        ])

    static let homie4 = FuzzCorpus(
        payloads: ["ready", "lost", "sleeping", "21.5", "true", "open", "°F", "80", "Super car", "wheels,engine,lights[]"],
        topics: [
            "homie/super-car/$state", "homie/super-car/engine/temperature", "homie/super-car/engine/temperature/$unit",
            "homie/super-car/engine/temperature/$settable", "homie/kitchen-light/light/power", "homie/hall/detector/smoke",
            "homie/hall/entry/door", "homie/super-car/$stats/battery", "homie/super-car/$nodes", "flat/hall/air/outside-temperature",
        ])

    static let homie5 = FuzzCorpus(
        payloads: [
            // homieiot/convention v5.0.0 convention.md
            #"{"homie":"5.0","name":"Supercar","version":7,"nodes":{"engine":{"name":"Car engine","properties":{"temperature":{"name":"Engine temperature","unit":"°C","datatype":"float"}}}},"children":["bridge-dev1","bridge-dev2"]}"#,
            "ready", "lost", "Battery is low, at 8%", "21.5", "true", "",
        ],
        topics: [
            "homie/5/super-car/$state", "homie/5/super-car/$description", "homie/5/mydevid/$alert/battery",
            "homie/5/super-car/engine/temperature", "homie/5/super-car/$log/info", "homie/5/hall/detector/smoke",
            "flat/5/hall/air/outside-temperature",
        ])
}
