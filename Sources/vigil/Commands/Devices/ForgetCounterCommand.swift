import ArgumentParser
import VigilCore

/// `vigil devices forget-counter DEVICE`.
struct ForgetCounterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget-counter",
        abstract: "Believes a device again that counts its encrypted messages anew (a new battery, a reset), or encrypts no more.",
        discussion: """
            Do it beside the device. From then until its next message, whoever captured one of its messages earlier could send it again; a new key (keys_file, then vigil reload) leaves \
            no such moment. Who did it is written down.
            """)

    @Argument(help: "The device's id.")
    var device: String

    @Option(help: ArgumentHelp("Who saw it: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @Option(help: ArgumentHelp("A few words for the record.", valueName: "text"))
    var note = ""

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let answer = try options.client.command(.forgetCounter(DeviceID(device), note: note), as: `as`)
        try options.print(answer, text: Words.counterForgotten(device)[options.lang])
    }
}
