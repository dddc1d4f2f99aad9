import Testing
import VigilCore

@testable import VigilDevices

struct PlainNameTests {
    @Test(
        "a plain name means what it says",
        arguments: [
            // esphome.io/components/seeed_mr60fda2, seeed_mr60bha2, seeed_mr24hpc1, ld2410
            ("falling_detected", .flag(.fall)), ("people_exist", .flag(.presence)), ("person_information", .flag(.presence)),
            ("presence_information", .flag(.presence)), ("real-time_heart_rate", .measure(.heart_rate_bpm)),
            ("real_time_respiratory_rate", .measure(.respiration_rpm)), ("moving_target", .flag(.motion)),
            ("presence", .flag(.presence)),
            ("Breath Rate", .measure(.respiration_rpm)), ("pir_motion_2", .flag(.motion)), ("bathroom_falling", .flag(.fall)),
            ("kitchen_smoke", .flag(.smoke)), ("smoke_detector", .flag(.smoke)), ("carbon_monoxide", .flag(.gas)),
            ("bathroom_water_leak", .flag(.water_leak)), ("bed_occupied", .flag(.in_bed)), ("front-door", .flag(.door_open)),
            ("battery_level", .measure(.battery_percent)), ("low_battery", .flag(.battery_low)), ("SOS", .flag(.sos)),
            ("emergency_button", .flag(.sos)), ("hall_button", .press), ("body_temperature", .measure(.body_temperature_c)),
            ("outside_temperature", .measure(.temperature_c)), ("co_alarm", .flag(.gas)), ("kitchen_gas_leakage", .flag(.gas)),
            ("water_leakage", .flag(.water_leak)), ("apnea_detected", .flag(.apnea_alarm)),
            ("fall_detection", .flag(.fall)), ("fall_state", .flag(.fall)),
            ("kitchen_co_alarm", .flag(.gas)),
            ("co-alarm", .flag(.gas)), ("carbon_monoxide_detector", .flag(.gas)), ("gas_sensor", .flag(.gas)), ("fire", .flag(.smoke)),
            ("help", .flag(.sos)), ("emergency", .flag(.sos)), ("bathroom_emergency", .flag(.sos)), ("nurse_call", .flag(.sos)),
            ("apnea", .flag(.apnea_alarm)), ("bed_occupied_left", .flag(.in_bed)), ("someone_exists", .flag(.presence)),
            ("has_person", .flag(.presence)),
        ] as [(String, PlainName.Meaning)])
    func plain(name: String, meaning: PlainName.Meaning) { #expect(PlainName(name[...])?.meaning == meaning) }

    @Test(
        "what may mean something else means nothing",
        arguments: [
            "smoke_test", "smoke_status", "smoke_detector_battery", "last_fall", "fall_count", "fall_sensitivity", "rain_fall",
            "rainfall", "nightfall", "pressure_falling", "temperature_fall", "level_fall_alarm", "tree_falling", "no_motion",
            "motion_enabled", "door_bell", "door_lock", "target_temperature", "max_temperature", "esp32_temperature",
            "internal_temperature", "dew_point", "color_temperature", "soil_moisture", "gas_leak_test", "oil_leak", "phone_presence",
            "presence_timeout", "contact", "battery", "temperature_offset", "heart_rate_threshold", "sos_count", "still_energy", "gas",
            "alarm", "co", "co2_alarm", "eco_alarm", "apnea_threshold", "fire_alarm_battery", "fall_height", "helper", "open_fire",
            "kitchen_fire", "emergency_light", "exit_emergency", "self_help", "co_level", "fall_detection_enabled", "left_bed", "left",
            "apnea_count", "last_nurse_call", "烟雾", "", "_", "a b c d e f g h i j k l smoke",
            String(repeating: "x", count: 130) + "_smoke",
        ])
    func ambiguous(name: String) { #expect(PlainName(name[...]) == nil) }

    @Test(
        "a name without a meaning may be an alarm's",
        arguments: ["alarm", "left_bed", "kitchen_fire", "gas", "co", "fire_zone", "烟雾 alarm"])
    func suspects(name: String) { #expect(PlainName.mayBeAlarm(name[...]) && PlainName(name[...]) == nil) }

    @Test(
        "and another may not",
        arguments: [
            "fire_alarm_battery", "fall_height", "helper", "smoke_test", "rain_fall", "soil_moisture_leak", "contact",
            "emergency_light",
            "left", "bed_lamp_left", "alarm_clock", "gas_count_2", "", "烟雾",
        ])
    func unsuspected(name: String) { #expect(!PlainName.mayBeAlarm(name[...])) }

    @Test(
        "only a name that says nothing else speaks for the device",
        arguments: [
            ("smoke", "node", true), ("radar_presence", "node", true), ("bathroom_radar_presence", "bathroom-radar", true),
            ("kitchen_smoke", "node", false), ("smoke_2", "node", false), ("bed_occupied_left", "node", false),
            ("smoke", "rain-gauge", true),
        ])
    func whole(name: String, device: String, isWhole: Bool) {
        #expect(PlainName(name[...], setAside: device[...])?.isWhole == isWhole)
    }

    @Test("what falls on a rain gauge is rain") func ownName() { #expect(PlainName("fall", setAside: "rain-gauge") == nil) }

    @Test(
        "a number is told in the unit of its kind",
        arguments: [
            ("temperature", "68", "°F", ["temperature_c=number(20.0)"], []),
            ("temperature", "22", "°C", ["temperature_c=number(22.0)"], []),
            ("temperature", "295", "K", [], ["temperature_c: in a unit that nobody knows"]),
            ("temperature", "71.6", nil, [], ["temperature_c: too hot for a room: in Fahrenheit?"]),
            ("temperature", "warm", nil, [], ["temperature_c: not a number"]),
            ("battery_voltage", "2.95", "V", ["battery_mv=number(2950.0)"], []),
            ("battery_voltage", "2950", "mV", ["battery_mv=number(2950.0)"], []),
            ("battery_level", "80", "%", ["battery_percent=number(80.0)"], []),
            ("battery_level", "2.9", "V", [], ["battery_percent: in a unit that nobody knows"]),
            ("heart_rate", "0", "bpm", [#"not_measured=text("heart_rate_bpm")"#], []),
            ("heart_rate", "NaN", nil, [#"not_measured=text("heart_rate_bpm")"#], []),
            ("heart_rate", "unknown", nil, [], []),
            ("smoke", "perhaps", nil, [], ["smoke: neither true nor false"]),
        ] as [(String, String, String?, [String], [String])])
    func values(name: String, value: String, unit: String?, told: [String], faults: [String]) throws {
        var facts = FactList()
        let plain = try #require(PlainName(name[...]))

        let bytes = Array(value.utf8)
        bytes.withUnsafeBytes { facts.tell(plain, Scalar(bare: TextBytes($0)), unit: unit) }

        #expect(facts.observations.map { "\($0.kind)=\($0.value)" } == told)
        #expect(facts.leftOut.map(\.reason) == faults)
    }
}
