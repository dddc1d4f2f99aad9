import VigilCore
import VigilDevices

/// Reads a tree into a registry. References are checked when everything has been read: order in the file does not matter.
struct RegistryReader {
    let faults: FaultList
    /// nil where any will do.
    let dialects: [Dialect]?
    /// What a device is that has none of its own.
    let liveness: [Dialect: LivenessClass]
    let language: Language
    private(set) var places: [String: Setting.Mark] = [:]

    init(faults: FaultList, dialects: [Dialect]?, liveness: [Dialect: LivenessClass], language: Language) {
        self.faults = faults
        self.dialects = dialects
        self.liveness = liveness
        self.language = language
    }

    mutating func read(_ tree: Setting) -> Registry {
        var top = SettingsReader(tree, path: "", faults: faults)
        let community = readCommunity(&top)
        let residents = readResidents(&top)
        let devices = readDevices(&top, residents)
        let contacts = readContacts(&top)
        note(&top, "contacts")
        top.finish()
        let registry = Registry(community: community, residents: residents, devices: devices, contacts: contacts)
        checkReferences(registry, RegistryDoubts(registry, places: places, faults: faults))
        return registry
    }

    // MARK: Places

    private mutating func readCommunity(_ top: inout SettingsReader) -> Community {
        guard var reader = top.reader("community") else {
            guard !top.isRefused("community") else { return Community(name: "", grids: []) }
            top.fault(at: nil, key: nil, "\"community\" is missing; write community: with name and grids, see docs/configuration.md")
            return Community(name: "", grids: [])
        }
        let community = Community(name: reader.line("name") ?? "", grids: reader.readers("grids").map { readGrid($0) })
        reader.finish()
        return community
    }

    private mutating func readGrid(_ entry: SettingsReader) -> Grid {
        var reader = entry
        let (id, name) = readPlace(&reader, "g1")
        let buildings = reader.readers("buildings").map { readBuilding($0) }
        reader.finish()
        return Grid(id: GridID(id), name: name, buildings: buildings)
    }

    private mutating func readBuilding(_ entry: SettingsReader) -> Building {
        var reader = entry
        let (id, name) = readPlace(&reader, "b1")
        let units = reader.readers("units").map { readUnit($0) }
        reader.finish()
        return Building(id: id, name: name, units: units)
    }

    private mutating func readUnit(_ entry: SettingsReader) -> Unit {
        var reader = entry
        let (id, name) = readPlace(&reader, "u1")
        let dwellings = reader.readers("dwellings").map { entry in
            var reader = entry
            let (id, name) = readPlace(&reader, "d0501")
            reader.finish()
            return Dwelling(id: DwellingID(id), name: name)
        }
        reader.finish()
        return Unit(id: id, name: name, dwellings: dwellings)
    }

    /// A place's id, and its name, which is the id where none is given.
    private mutating func readPlace(_ reader: inout SettingsReader, _ example: String) -> (id: String, name: String) {
        let id = reader.identifier("id", "a name of your own, such as \(example)") ?? ""
        note(&reader, "id")
        return (id, reader.line("name") ?? id)
    }

    // MARK: People and devices

    private mutating func readResidents(_ top: inout SettingsReader) -> [Resident] {
        top.readers("residents").map { entry in
            var reader = entry
            let resident = Resident(
                id: ResidentID(reader.identifier("id", "a name of your own, such as r0042") ?? ""),
                name: reader.requiredLine("name", "what people call them") ?? "",
                dwelling: DwellingID(reader.requiredLine("dwelling", "the id of a dwelling above") ?? ""),
                contacts: reader.texts("contacts").map { ContactID($0.text) }, risk: reader.line("risk").map { RiskGroupID($0) },
                phone: reader.phone("phone"))
            note(&reader, "id", "dwelling", "contacts", "risk")
            reader.finish()
            return resident
        }
    }

    private mutating func readDevices(_ top: inout SettingsReader, _ residents: [Resident]) -> [Device] {
        let housed = residents.filter { !$0.dwelling.rawValue.isEmpty }
        let homes = Dictionary(housed.map { ($0.id, $0.dwelling) }, uniquingKeysWith: { first, _ in first })
        return top.readers("devices").map { entry in
            var reader = entry
            let id = reader.identifier("id", "a name of your own, such as smoke-0501") ?? ""
            let address = readAddress(&reader)
            let dwelling = reader.line("dwelling").map { DwellingID($0) }
            let resident = reader.line("resident").map { ResidentID($0) }
            let liveness = readLiveness(&reader, of: address.dialect)
            let device = Device(
                id: DeviceID(id), address: address, dwelling: dwelling ?? resident.flatMap { homes[$0] }, resident: resident,
                liveness: liveness ?? .oneWay, silentAfter: reader.duration("silent_after", in: .seconds(5) ... .hours(24 * 31)),
                canCancel: reader.flag("can_cancel", default: false), via: reader.line("via").map { DeviceID($0) },
                testEvery: reader.duration("test_every", in: .zero...TestCadence.longest), button: readButton(&reader),
                name: reader.line("name") ?? "",
                model: reader.line("model"), profile: reader.line("profile").map { Dialect($0) })
            note(&reader, "id", "dwelling", "resident", "address", "dialect", "liveness", "via", "profile")
            reader.finish()
            if liveness != nil { checkHome(device, writtenDwelling: dwelling, homes, reader) }
            return device
        }
    }

    private func readAddress(_ reader: inout SettingsReader) -> DeviceAddress {
        let dialect = reader.requiredLine("dialect", "one of \((dialects ?? []).map(\.rawValue).joined(separator: ", "))")
        let name = reader.requiredLine("address", "the device's name in its own system")
        if let dialect, let dialects, !dialects.contains(Dialect(dialect)) {
            let hint = SettingFault.hint(dialect, among: dialects.map(\.rawValue))
            reader.fault(at: reader.mark(of: "dialect"), key: "dialect", "unknown dialect \(SettingFault.quoted(dialect))\(hint)")
        }
        guard dialect == BluetoothDecoder.dialect.rawValue, let name else {
            return DeviceAddress(dialect: Dialect(dialect ?? ""), name: name ?? "")
        }
        let usual = BluetoothDecoder.name(name)
        if usual == nil {
            let message = "\(SettingFault.quoted(name)) is no Bluetooth address; write A4:C1:38:8D:18:B2, or ibeacon/UUID/MAJOR/MINOR"
            reader.fault(at: reader.mark(of: "address"), key: "address", message)
        }
        return DeviceAddress(dialect: BluetoothDecoder.dialect, name: usual ?? name)
    }

    private func readButton(_ reader: inout SettingsReader) -> ObservationKind? {
        guard let word = reader.line("button") else { return nil }
        let known = Device.buttonMeanings
        if let meaning = known.first(where: { $0.rawValue == word }) { return meaning }
        let hint = SettingFault.hint(word, among: known.map(\.rawValue))
        reader.fault(at: reader.mark(of: "button"), key: "button", "unknown value \(SettingFault.quoted(word))\(hint)")
        return nil
    }

    private func readLiveness(_ reader: inout SettingsReader, of dialect: Dialect) -> LivenessClass? {
        if reader.setting("liveness") == nil, let usual = liveness[dialect] { return usual }
        let known = LivenessClass.allCases.map(\.rawValue).joined(separator: ", ")
        guard reader.requiredSetting("liveness", "one of \(known)") != nil else { return nil }
        return reader.choice("liveness", LivenessClass.self)
    }

    /// A device must lead to somebody; a bridge serves many homes and may stand in none.
    private func checkHome(_ device: Device, writtenDwelling: DwellingID?, _ homes: [ResidentID: DwellingID], _ reader: SettingsReader)
    {
        let isUnread = reader.isRefused("dwelling") || reader.isRefused("resident")
        if writtenDwelling == nil && device.resident == nil && device.liveness != .bridge && !isUnread {
            let message = "the device is nobody's, and its alarm would reach nobody; write dwelling: ID, or resident: ID if it is worn"
            reader.fault(at: nil, key: nil, message)
        }
        if let dwelling = writtenDwelling, let home = device.resident.flatMap({ homes[$0] }), home != dwelling {
            let message = "the resident lives in \(SettingFault.quoted(home.rawValue)); remove dwelling, or write that one"
            reader.fault(at: reader.mark(of: "dwelling"), key: "dwelling", message)
        }
    }

    private mutating func readContacts(_ top: inout SettingsReader) -> [Contact] {
        top.readers("contacts").map { entry in
            var reader = entry
            let roles = ContactRole.allCases.map(\.rawValue).joined(separator: ", ")
            let id = reader.identifier("id", "a name of your own, such as c-wang") ?? ""
            let role = reader.requiredSetting("role", "one of \(roles)").flatMap { _ in reader.choice("role", ContactRole.self) }
            let contact = Contact(
                id: ContactID(id), name: reader.requiredLine("name", "what people call them") ?? "", role: role ?? .family,
                grids: reader.texts("grids").map { GridID($0.text) }, language: reader.choice("language", Language.self) ?? language,
                methods: readMethods(&reader), quietHours: readQuietHours(&reader), phone: reader.phone("phone"))
            note(&reader, "id", "role", "grids")
            reader.finish()
            return contact
        }
    }

    private mutating func readMethods(_ contact: inout SettingsReader) -> [ContactMethod] {
        let readers = contact.readers("methods")
        if readers.isEmpty && !contact.isRefused("methods") {
            let message = "the contact cannot be reached; write methods: [{channel: ID, address: \"...\"}]"
            contact.fault(at: contact.mark(of: "methods"), key: "methods", message)
        }
        return readers.map { entry in
            var reader = entry
            let channel = reader.requiredLine("channel", "the id of a channel of the configuration")
            let address = reader.requiredLine("address", "the address in the channel's terms")
            note(&reader, "channel", "address")
            reader.finish()
            return ContactMethod(channel: ChannelID(channel ?? ""), address: address ?? "")
        }
    }

    private func readQuietHours(_ contact: inout SettingsReader) -> QuietHours? {
        guard var reader = contact.reader("quiet_hours") else { return nil }
        let from = reader.requiredTimeOfDay("from")
        let to = reader.requiredTimeOfDay("to")
        let timeZone = reader.timeZone("time_zone")
        reader.finish()
        guard let from, let to else { return nil }
        if from.rawValue % TimeOfDay.minutesOfDay == to.rawValue % TimeOfDay.minutesOfDay {
            let message = "the quiet never ends: only emergencies would reach them; write another time, such as \"07:00\""
            reader.fault(at: reader.mark(of: "to"), key: "to", message)
        }
        return QuietHours(from: from, to: to, timeZone: timeZone)
    }

    /// Remembers where values stand, for checks that come when the places of the tree are gone.
    private mutating func note(_ reader: inout SettingsReader, _ keys: String...) {
        for key in keys {
            guard let found = reader.setting(key) else { continue }
            places[reader.joined(key)] = found.mark
            guard case .list(let elements) = found.value else { continue }
            for (index, element) in elements.enumerated() { places[reader.joined("\(key)[\(index)]")] = element.mark }
        }
    }
}
