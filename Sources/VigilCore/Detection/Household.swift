/// The registry, laid out for the questions that every frame asks.
struct Household: Sendable {
    /// A device with the places and people it stands for.
    struct Bound: Sendable {
        let device: Device
        let watched: WatchedDevice
        let dwelling: DwellingID?
        let grid: GridID?
        let everyResident: [NumberedSubject]
        // The other choices, made ready: every observation asks for them.
        fileprivate let asEveryResident: Subjects
        fileprivate let asPerson: Subjects
        fileprivate let asDwelling: Subjects
        fileprivate let asDevice: Subjects
    }

    /// Whom an observation is about. Mostly it is one, which needs no list.
    enum Subjects: Sendable {
        case one(NumberedSubject)
        case many([NumberedSubject])

        var all: [NumberedSubject] {
            switch self {
            case .one(let subject): [subject]
            case .many(let subjects): subjects
            }
        }
    }

    let registry: Registry
    let residents: [ResidentID: Resident]
    let contacts: [ContactID: Contact]
    /// In the registry's order.
    private let contactsByRole: [ContactRole: [Contact]]
    private let residentsByDwelling: [DwellingID: [ResidentID]]
    private let gridByDwelling: [DwellingID: GridID]
    private let nameByDwelling: [DwellingID: String]
    private let buildingByDwelling: [DwellingID: String]
    private let gridByBuilding: [String: GridID]
    private let nameByBuilding: [String: String]
    private var devicesByBuilding: [String: [DeviceID]] = [:]
    private(set) var bound: [Bound] = []
    private let indexByAddress: [Dialect: [String: Int]]
    private let indexByDevice: [DeviceID: Int]
    /// Of residents and dwellings, after the devices.
    private let numbers: [Subject: Int]
    private let bridgeByDevice: [DeviceID: DeviceID]
    /// Of each device in `bound`.
    private let bridgeNumbers: [Int?]
    private let devicesByBridge: [DeviceID: [DeviceID]]
    private var devicesByResident: [ResidentID: [DeviceID]] = [:]

    init(_ registry: Registry) {
        self.registry = registry
        // Duplicate ids are refused on import; here the first one counts.
        residents = Dictionary(registry.residents.map { ($0.id, $0) }) { first, _ in first }
        contacts = Dictionary(registry.contacts.map { ($0.id, $0) }) { first, _ in first }
        contactsByRole = Dictionary(grouping: registry.contacts, by: \.role)
        residentsByDwelling = Dictionary(grouping: registry.residents, by: \.dwelling).mapValues { $0.map(\.id) }
        var grids: [DwellingID: GridID] = [:]
        var names: [DwellingID: String] = [:]
        var buildings: [DwellingID: String] = [:]
        for grid in registry.community.grids {
            for building in grid.buildings {
                for dwelling in building.units.flatMap(\.dwellings) {
                    grids[dwelling.id] = grid.id
                    names[dwelling.id] = dwelling.name
                    buildings[dwelling.id] = building.id
                }
            }
        }
        let places = registry.community.grids.flatMap { grid in grid.buildings.map { (grid: grid.id, building: $0) } }
        gridByBuilding = Dictionary(places.map { ($0.building.id, $0.grid) }) { first, _ in first }
        nameByBuilding = Dictionary(places.map { ($0.building.id, $0.building.name) }) { first, _ in first }
        buildingByDwelling = buildings
        gridByDwelling = grids
        nameByDwelling = names
        indexByAddress = Dictionary(grouping: registry.devices.enumerated(), by: \.element.address.dialect).mapValues { devices in
            Dictionary(devices.map { ($0.element.address.name, $0.offset) }) { first, _ in first }
        }
        indexByDevice = Dictionary(registry.devices.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let others = registry.residents.map { Subject.resident($0.id) } + names.keys.sorted().map { .dwelling($0) }
        numbers = Dictionary(others.enumerated().map { [count = registry.devices.count] in ($1, count + $0) }) { first, _ in first }
        bridgeByDevice = Self.bridges(of: registry.devices)
        bridgeNumbers = registry.devices.map { [bridgeByDevice, indexByDevice] in
            bridgeByDevice[$0.id].flatMap { indexByDevice[$0] }
        }
        devicesByBridge = Dictionary(grouping: registry.devices.map(\.id).filter { [bridgeByDevice] in bridgeByDevice[$0] != nil }) {
            [bridgeByDevice] in bridgeByDevice[$0] ?? $0
        }
        bound = registry.devices.enumerated().map { bind($1, number: $0) }
        for device in bound {
            if let building = device.dwelling.flatMap({ buildingByDwelling[$0] }) {
                devicesByBuilding[building, default: []].append(device.device.id)
            }
            for resident in device.everyResident.flatMap({ residents(of: $0.subject) }) {
                devicesByResident[resident.id, default: []].append(device.device.id)
            }
        }
    }

    private func bind(_ device: Device, number: Int) -> Bound {
        // Names that lead nowhere are refused on import; here the device counts as bound to nobody.
        let wearer = device.resident.flatMap { residents[$0] }
        let dwelling = (device.dwelling ?? wearer?.dwelling).flatMap { nameByDwelling[$0] == nil ? nil : $0 }
        let household = dwelling.flatMap { residentsByDwelling[$0] } ?? []
        let people = wearer.map { [$0.id] } ?? household
        let person: Subject? = people.count == 1 ? .resident(people[0]) : dwelling.map { .dwelling($0) }
        let itself = NumberedSubject(subject: .device(device.id), number: number)
        let everyResident = people.compactMap { numbered(.resident($0)) }
        return Bound(
            device: device, watched: WatchedDevice(device), dwelling: dwelling, grid: dwelling.flatMap { gridByDwelling[$0] },
            everyResident: everyResident,
            asEveryResident: everyResident.count == 1 ? .one(everyResident[0]) : .many(everyResident),
            // A device that is bound to nobody still calls for help: in doubt it rings.
            asPerson: .one(person.flatMap { numbered($0) } ?? itself),
            asDwelling: .one(dwelling.flatMap { numbered(.dwelling($0)) } ?? itself), asDevice: .one(itself))
    }

    /// Whether the device stands for the same flat and wearer as in another registry.
    func isAsBefore(_ index: Int, in old: Bound) -> Bool {
        bound[index].dwelling == old.dwelling && bound[index].device.resident == old.device.resident
    }

    func index(of address: DeviceAddress) -> Int? { devices(of: address.dialect)[address.name] }
    /// Where each device of a dialect stands, by its name.
    func devices(of dialect: Dialect) -> [String: Int] { indexByAddress[dialect] ?? [:] }
    /// Where a device stands in `bound`.
    func index(of device: DeviceID) -> Int? { indexByDevice[device] }
    func device(_ id: DeviceID) -> Device? { index(of: id).map { bound[$0].device } }

    func bridge(of device: DeviceID) -> DeviceID? { bridgeByDevice[device] }
    func bridge(ofDevice index: Int) -> Int? { bridgeNumbers[index] }
    func directlyBelow(_ bridge: DeviceID) -> [DeviceID] { devicesByBridge[bridge] ?? [] }
    /// Everything that speaks of a resident, in the registry's order.
    func devices(of resident: ResidentID) -> [DeviceID] { devicesByResident[resident] ?? [] }

    /// A device, resident or dwelling of the registry with its number.
    func numbered(_ subject: Subject) -> NumberedSubject? {
        let number = if case .device(let id) = subject { indexByDevice[id] } else { numbers[subject] }
        return number.map { NumberedSubject(subject: subject, number: $0) }
    }

    /// Whose observation it is for a rule.
    func subjects(_ choice: SubjectChoice, ofDevice index: Int) -> Subjects {
        switch choice {
        case .person: bound[index].asPerson
        case .everyResident: bound[index].asEveryResident
        case .dwelling: bound[index].asDwelling
        case .device: bound[index].asDevice
        }
    }

    /// The same, by the device's id; none where it is not registered.
    func subjects(_ choice: SubjectChoice, of device: DeviceID) -> [Subject] {
        indexByDevice[device].map { subjects(choice, ofDevice: $0).all.map(\.subject) } ?? []
    }

    /// Whether a rule hears the device about this subject.
    func speaks(_ device: DeviceID, of subject: Subject, for choice: SubjectChoice) -> Bool {
        subjects(choice, of: device).contains(subject)
    }

    /// Everyone and everything that a rule of absence watches.
    func allSubjects(_ choice: SubjectChoice) -> [Subject] {
        switch choice {
        case .person, .everyResident: registry.residents.map { .resident($0.id) }
        case .dwelling: nameByDwelling.keys.sorted().map { .dwelling($0) }
        case .device: registry.devices.map { .device($0.id) }
        }
    }

    func exists(_ subject: Subject) -> Bool {
        switch subject {
        case .resident(let id): residents[id] != nil
        case .dwelling(let id): nameByDwelling[id] != nil
        case .device(let id): indexByDevice[id] != nil
        case .building(let id): gridByBuilding[id] != nil
        case .component: true
        }
    }

    func dwelling(of subject: Subject) -> DwellingID? {
        switch subject {
        case .resident(let id): residents[id]?.dwelling
        case .dwelling(let id): id
        case .device(let id): indexByDevice[id].flatMap { bound[$0].dwelling }
        case .building, .component: nil
        }
    }

    func grid(of subject: Subject) -> GridID? {
        if case .building(let id) = subject { return gridByBuilding[id] }
        return dwelling(of: subject).flatMap { gridByDwelling[$0] }
    }

    func building(of subject: Subject) -> String? {
        if case .building(let id) = subject { return id }
        return dwelling(of: subject).flatMap { buildingByDwelling[$0] }
    }

    func devices(in building: String) -> [DeviceID] { devicesByBuilding[building] ?? [] }
    func name(ofBuilding id: String) -> String { nameByBuilding[id] ?? id }
    func name(of dwelling: DwellingID) -> String { nameByDwelling[dwelling] ?? dwelling.rawValue }

    /// The residents behind a subject: whose family is told.
    func residents(of subject: Subject) -> [Resident] {
        switch subject {
        case .resident(let id): residents[id].map { [$0] } ?? []
        case .dwelling(let id): (residentsByDwelling[id] ?? []).compactMap { residents[$0] }
        case .device(let id): indexByDevice[id].map { bound[$0].everyResident.flatMap { residents(of: $0.subject) } } ?? []
        case .building, .component: []
        }
    }

    /// The contacts that a recipient of a policy stands for, in order.
    ///
    /// - Parameter onDuty: who stands in a roster now.
    func contacts(for recipient: Recipient, about subject: Subject, onDuty: (RosterID) -> [ContactID]) -> [Contact] {
        switch recipient {
        case .contact(let id): return contacts[id].map { [$0] } ?? []
        case .roster(let id): return onDuty(id).compactMap { contacts[$0] }
        case .role(.family):
            return residents(of: subject).flatMap(\.contacts).compactMap { contacts[$0] }
        case .role(let role):
            let grid = grid(of: subject)
            return (contactsByRole[role] ?? []).filter { contact in
                contact.grids.isEmpty || grid.map { contact.grids.contains($0) } ?? true
            }
        }
    }

    func isInScope(_ subject: Subject, _ scope: Rule.Scope) -> Bool {
        switch scope {
        case .all: true
        case .grids(let grids): grid(of: subject).map { grids.contains($0) } ?? false
        case .residents(let ids): residents(of: subject).contains { ids.contains($0.id) }
        }
    }
}

/// A subject with its number in the household: the place of what is remembered of it in a list. Another registry gives other numbers.
struct NumberedSubject: Sendable {
    let subject: Subject
    let number: Int
}
