import ArgumentParser

/// `vigil ble`.
struct BluetoothCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ble",
        abstract: "What is heard over Bluetooth, and how well: for placing sensors and adapters.",
        discussion: "It shows what the daemon hears; to hear something, name adapters under \"bluetooth\" in the configuration.",
        subcommands: [ScanBluetoothCommand.self, WatchBluetoothCommand.self, ListAdaptersCommand.self],
        defaultSubcommand: ScanBluetoothCommand.self)
}
