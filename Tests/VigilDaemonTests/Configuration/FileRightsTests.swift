import Testing

@testable import VigilDaemon

/// Owner and mode, as path_resolution(7) reads them.
struct FileRightsTests {
    private let vigil = DaemonUser(name: "vigil", userID: 990, groupIDs: [990, 27])

    @Test(
        "the one class that applies decides",
        arguments: [
            (0, 0, 0o600, false), (0, 0, 0o640, false), (0, 990, 0o640, true), (0, 27, 0o040, true), (0, 0, 0o604, true),
            (990, 0, 0o400, true), (0, 990, 0o600, false),
            // The owner's class applies to the owner, and the group's to its members, even where others may more.
            (990, 0, 0o044, false), (0, 990, 0o604, false),
        ])
    func read(owner: UInt32, group: UInt32, permissions: Int, isAllowed: Bool) {
        #expect(FileRights(owner: owner, group: group, permissions: permissions).allow(.read, to: vigil) == isAllowed)
    }

    @Test("a folder is entered by its x")
    func enter() {
        #expect(FileRights(owner: 0, group: 990, permissions: 0o750).allow(.enter, to: vigil))
        #expect(!FileRights(owner: 0, group: 0, permissions: 0o744).allow(.enter, to: vigil))
    }

    @Test("an access list and root are not judged by the mode")
    func exempt() {
        #expect(FileRights(owner: 0, group: 0, permissions: 0o440, hasAccessList: true).allow(.read, to: vigil))
        #expect(
            FileRights(owner: 1, group: 1, permissions: 0o600).allow(.read, to: DaemonUser(name: "root", userID: 0, groupIDs: [0])))
    }
}
