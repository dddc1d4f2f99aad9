import ArgumentParser
import VigilConsole

/// `vigil devices`.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Registered devices and how well they are heard; who else speaks, and what nobody understood.",
        subcommands: [
            ListDevicesCommand.self, ShowDeviceCommand.self, ClaimDeviceCommand.self, TestDeviceCommand.self, ForgetCounterCommand.self,
            Unclaimed.self, Draft.self, Quarantine.self,
        ], defaultSubcommand: ListDevicesCommand.self)

    struct Unclaimed: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists devices that speak and are not in the registry.")

        // Whatever follows is the number: `-1` is a wrong one, and no option.
        @Option(
            parsing: .unconditional, help: "At most this many, \(ListLimit.range.lowerBound) to \(ListLimit.range.upperBound).",
            transform: NumberArgument.within(ListLimit.range))
        var limit = 1000

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let list = try options.client.get("/v1/devices/unclaimed?limit=\(limit)", UnclaimedList.self)
            try options.print(list, text: DeviceText(language: options.lang, now: LocalClock.now).unclaimed(list))
        }
    }

    struct Draft: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a draft of a profile for an announced device whose dialect Vigil does not decode.")

        @Argument(help: "Its address, as \"vigil devices unclaimed\" lists it, with or without its dialect and a colon in front.")
        var address: String

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let list = try options.client.get("/v1/devices/unclaimed?limit=\(ListLimit.range.upperBound)", UnclaimedList.self)
            guard
                let draft = list.devices.lazy.filter({ [$0.address, "\($0.dialect):\($0.address)"].contains(address) }).compactMap(
                    \.announced?.profile
                ).first
            else {
                throw CommandFailure(.finding, Words.noDraft, options.lang)
            }
            try options.print(ProfileDraft(profile: draft), text: draft)
        }
    }

    /// What `vigil devices draft -o json` prints.
    struct ProfileDraft: Encodable {
        var profile: String
    }

    struct Quarantine: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists messages that were not understood, and from whom.")

        // Whatever follows is the number: `-1` is a wrong one, and no option.
        @Option(
            parsing: .unconditional,
            help: "At most this many senders and samples each, \(ListLimit.range.lowerBound) to \(ListLimit.range.upperBound).",
            transform: NumberArgument.within(ListLimit.range))
        var limit = 100

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let report = try options.client.get("/v1/devices/quarantine?limit=\(limit)", QuarantineReport.self)
            try options.print(report, text: DeviceText(language: options.lang, now: LocalClock.now).quarantine(report))
        }
    }
}
