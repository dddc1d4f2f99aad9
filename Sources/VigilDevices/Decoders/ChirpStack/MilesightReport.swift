import VigilCore

/// Gathers what one uplink of a Milesight device says, by the names of its codec or from its bytes.
struct MilesightReport {
    var facts = FactList()
    var memory: MilesightMemory
    var isMilesight = false
    /// People named it so: then every press is a call for help, whatever the model.
    var isSOSButton = false
    /// Something in it was known, also where it says nothing here.
    var isUnderstood = false
    /// How the room is; alarms of the same uplink are looked at first.
    var detection: Int?
    var isFallToldNow = false
    /// An alarm of the uplink could not be read: it may be a fall, so nothing in the uplink ends one.
    var isAlarmUnread = false

    init(memory: MilesightMemory) { self.memory = memory }

    mutating func take(_ object: JSONNode, depth: Int = 0) {
        for (name, value) in object.members {
            if depth == 0, value.isObject, name == "data" || name == "decoded" || name == "payload" {
                take(value, depth: 1)
            } else {
                isUnderstood = take(name, value, of: object) || isUnderstood
            }
        }
    }

    /// Returns whether the name is known.
    private mutating func take(_ name: TextBytes, _ value: JSONNode, of object: JSONNode) -> Bool {
        let scalar = Scalar(value)
        switch name {
        case _ where name == "battery":
            guard isMilesight else { return false }
            facts.tell(.battery_percent, scalar, named: "battery")
        case _ where name == "temperature":
            guard isMilesight else { return false }
            facts.tell(.temperature_c, scalar, named: "temperature")
        case _ where name == "event":
            guard object.member("type")?.text.map({ $0 == "smoke sensor" }) == true else { return false }
            code(scalar, MilesightWords.smoke, name).map { tellSmoke($0) }
        case _ where name == "button_event":
            code(Scalar(value.member("status") ?? value), MilesightWords.press, name).map { tellPress($0) }
        case _ where name == "press" && isMilesight: code(scalar, MilesightWords.press, name).map { tellPress($0) }
        case _ where name == "occupancy": tell(.presence, code(scalar, MilesightWords.occupancy, name))
        case _ where name == "magnet_status": tell(.door_open, code(scalar, MilesightWords.magnet, name))
        case _ where name == "tamper_status": tell(.tamper, code(scalar, MilesightWords.tamper, name))
        case _ where name == "leakage_status": tell(.water_leak, code(scalar, MilesightWords.leak, name))
        case _ where name == "gas_status": tell(.gas, code(scalar, MilesightWords.gas, name))
        case _ where name == "pir" && isMilesight: tell(.motion, code(scalar, MilesightWords.pir, name))
        default: return takeRadar(name, value, of: object)
        }
        return true
    }

    /// What a value stands for; a word that is none of the codec's is a fault.
    mutating func code(_ value: Scalar, _ table: MilesightWords.Table, _ name: @autoclosure () -> TextBytes) -> Int? {
        guard !value.isNoReading else { return nil }
        if let code = MilesightWords.code(value, in: table) { return code }
        facts.fault(name().string, "no word of the maker's codec")
        return nil
    }

    mutating func tell(_ kind: ObservationKind, _ code: Int?) { if let code { facts.tell(kind, .bool(code == 1)) } }

    /// The message of a smoke detector. A test is a drill; a silenced one goes on smelling what it smelt.
    // Source: gs-series/gs524n/README.md.
    mutating func tellSmoke(_ message: Int) {
        switch message {
        case 1: facts.tell(.smoke, .bool(true))
        case 4: facts.tell(.battery_low, .bool(true))
        case 5: facts.tell(.sensor_fault, .bool(true))
        case 7:
            facts.tell(.smoke, .bool(false))
            facts.tell(.sensor_fault, .bool(false))
        case 10: facts.tell(.tamper, .bool(true))
        case 11: facts.tell(.tamper, .bool(false))
        case 14, 15:
            facts.tell(.smoke_test, .bool(true), nature: .event)
            if message == 15 { facts.tell(.battery_low, .bool(true)) }
        default: break
        }
    }

    // Source: ws-series/ws101/ws101-decoder.js.
    mutating func tellPress(_ press: Int) {
        facts.tell(.button, .text(press == 1 ? "single" : press == 2 ? "long" : "double"), nature: .event)
        if isSOSButton { facts.tell(.sos, .bool(true), nature: .event) }
    }
}
