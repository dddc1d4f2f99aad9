public import VigilCore

extension RegistryFile {
    /// The registry as text that reads back to an equal one (but for its version), in the registry's own order.
    ///
    /// - Precondition: the registry is one that `read` accepts; a name that is empty or not one line would not be.
    public static func export(_ registry: Registry) -> String {
        var writer = YAMLWriter()
        writer.line(0, "community:")
        if !registry.community.name.isEmpty { writer.line(1, "name: \(YAMLWriter.word(registry.community.name))") }
        writer.list(1, "grids", registry.community.grids, write)
        writer.gap()
        writer.list(0, "residents", registry.residents) { writer, depth, resident in
            writer.item(
                depth,
                [
                    ("id", YAMLWriter.word(resident.id.rawValue)), ("name", YAMLWriter.word(resident.name)),
                    ("dwelling", YAMLWriter.word(resident.dwelling.rawValue)),
                    ("contacts", YAMLWriter.words(resident.contacts.map(\.rawValue))),
                    ("risk", resident.risk.map { YAMLWriter.word($0.rawValue) }), ("phone", resident.phone.map(YAMLWriter.word)),
                ])
        }
        writer.gap()
        let homes = Dictionary(registry.residents.map { ($0.id, $0.dwelling) }, uniquingKeysWith: { first, _ in first })
        writer.list(0, "devices", registry.devices) { write($2, homes: homes, &$0, $1) }
        writer.gap()
        writer.list(0, "contacts", registry.contacts, write)
        return writer.text
    }

    private static func write(_ writer: inout YAMLWriter, _ depth: Int, _ grid: Grid) {
        writer.place(depth, id: grid.id.rawValue, name: grid.name)
        writer.list(depth + 1, "buildings", grid.buildings) { writer, depth, building in
            writer.place(depth, id: building.id, name: building.name)
            writer.list(depth + 1, "units", building.units) { writer, depth, unit in
                writer.place(depth, id: unit.id, name: unit.name)
                writer.list(depth + 1, "dwellings", unit.dwellings) { writer, depth, dwelling in
                    writer.item(depth, [("id", YAMLWriter.word(dwelling.id.rawValue)), ("name", YAMLWriter.word(dwelling.name))])
                }
            }
        }
    }

    private static func write(_ device: Device, homes: [ResidentID: DwellingID], _ writer: inout YAMLWriter, _ depth: Int) {
        let isInherited = device.resident.flatMap { homes[$0] } == device.dwelling
        writer.item(
            depth,
            [
                ("id", YAMLWriter.word(device.id.rawValue)), ("dialect", YAMLWriter.word(device.address.dialect.rawValue)),
                ("address", YAMLWriter.word(device.address.name)),
                ("resident", device.resident.map { YAMLWriter.word($0.rawValue) }),
                ("dwelling", isInherited ? nil : device.dwelling.map { YAMLWriter.word($0.rawValue) }),
                ("liveness", device.liveness.rawValue), ("silent_after", device.silentAfter?.text),
                ("via", device.via.map { YAMLWriter.word($0.rawValue) }),
                ("can_cancel", device.canCancel ? "true" : nil), ("test_every", device.testEvery?.text),
                ("button", device.button?.rawValue),
                ("name", device.name.isEmpty ? nil : YAMLWriter.word(device.name)), ("model", device.model.map(YAMLWriter.word)),
                ("profile", device.profile.map { YAMLWriter.word($0.rawValue) }),
            ])
    }

    private static func write(_ writer: inout YAMLWriter, _ depth: Int, _ contact: Contact) {
        let methods = contact.methods.map {
            "{channel: \(YAMLWriter.word($0.channel.rawValue)), address: \(YAMLWriter.word($0.address))}"
        }
        writer.item(
            depth,
            [
                ("id", YAMLWriter.word(contact.id.rawValue)), ("name", YAMLWriter.word(contact.name)), ("role", contact.role.rawValue),
                ("grids", contact.grids.isEmpty ? nil : YAMLWriter.words(contact.grids.map(\.rawValue))),
                ("language", contact.language.rawValue), ("methods", "[\(methods.joined(separator: ", "))]"),
                ("quiet_hours", contact.quietHours.map(quietHours)),
                ("phone", contact.phone.map(YAMLWriter.word)),
            ])
    }

    private static func quietHours(_ quiet: QuietHours) -> String {
        let zone = quiet.timeZone.map { ", time_zone: \(YAMLWriter.word($0))" } ?? ""
        return "{from: \(YAMLWriter.word(quiet.from.text)), to: \(YAMLWriter.word(quiet.to.text))\(zone)}"
    }
}
