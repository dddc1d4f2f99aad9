extension FuzzCorpus {
    static let shellyGen2 = FuzzCorpus(
        payloads: [
            // https://gist.github.com/NelsonMinar/494a0f53785c20290b395639548349fa
            #"{"src":"s","dst":"s/events","method":"NotifyFullStatus","params":{"ts":1680962879.62,"devicepower:0":{"id":0,"battery":{"V":0.43,"percent":0},"external":{"present":true}},"temperature:0":{"id":0,"tC":19.8}}}"#,
            // shelly-api-docs.shelly.cloud/gen2/General/Notifications, ComponentsAndServices
            #"{"src":"s","method":"NotifyStatus","params":{"ts":1631186545.04,"switch:0":{"id":0,"output":true,"aenergy":{"total":12.5}}}}"#,
            #"{"method":"NotifyStatus","params":{"ts":1,"smoke:0":{"alarm":true},"flood:0":{"alarm":null,"errors":["cable_unplugged"]}}}"#,
            #"{"method":"NotifyEvent","params":{"ts":1,"events":[{"component":"input:0","id":0,"event":"single_push","ts":1643540082.66}]}}"#,
            #"{"method":"NotifyEvent","params":{"events":[{"component":"bthomedevice:200","event":"long_push","idx":2}]}}"#,
            #"{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"shelly-blu","data":{"battery":99,"window":1,"motion":0,"button":[0,2],"temperature":21.5,"address":"b4:35:22:fe:56:e5"}}]}}"#,
            #"{"id":200,"value":false,"num_objects":0}"#, #"{"id":0,"state":false}"#, #"{"id":0,"current_C":21.5,"battery":80}"#,
            "true",
        ],
        topics: [
            "shelly-1/events/rpc", "shelly-1/online", "shelly-1/status/rpc", "shelly-1/status/smoke:0", "shelly-1/status/input:1",
            "shelly-1/status/presencezone:200", "shelly-1/status/blutrv:200", "flat/shelly-1/status/devicepower:0", "shelly-1/rpc",
        ])

    static let shellyGen1 = FuzzCorpus(
        payloads: [
            // https://github.com/windkh/node-red-contrib-shelly/issues/17
            #"{"motion":true,"timestamp":1622300251,"active":true,"vibration":false,"lux":2063,"bat":97}"#,
            // https://github.com/iobroker-community-adapters/ioBroker.shelly/issues/43
            #"{"motion":true,"tmp":{"value":72.4,"is_valid":true,"units":"F"},"bat":{"value":58},"sensor":{"state":"open","is_valid":true}}"#,
            #"{"event":"S","event_cnt":2}"#, "true", "false", "open", "close", "heavy", "test", "21.50", "999", "-1", "on", "overpower",
            "600",
        ],
        topics: [
            "shellies/shellysmoke-1/sensor/smoke", "shellies/shellydw2-1/sensor/state", "shellies/shellyht-1/sensor/temperature",
            "shellies/shellygas-1/sensor/gas", "shellies/shellymotionsensor-1/status", "shellies/shellysense-1/info",
            "shellies/shellybutton1-1/input_event/0", "shellies/shelly1-1/relay/1", "shellies/shelly1-1/ext_temperature/0",
            "shellies/shellyem-1/emeter/0/total", "shellies/shelly1-1/online", "shellies/announce",
        ])
}
