internal import Foundation
internal import VigilCore

/// The steps by which one database takes another's place, each of which may be the last before a power cut.
///
/// The new one is made in a directory of its own. Once a file there names where the old one goes, the exchange is decided: whoever opens the
/// store next finishes it.
struct DatabaseExchange {
    /// So many damaged files are kept for good; those after them share one name, so that a disk that damages each new file does not fill up.
    static let keptForGood = 3

    let directory: String

    var newDirectory: String { directory + "/replacement" }
    private var newFile: String { newDirectory + "/" + Store.fileName }
    private var agreement: String { newDirectory + "/agreed" }
    private var file: String { directory + "/" + Store.fileName }
    private static let suffixes = ["", "-wal", "-shm"]
    private static let action = "replace the damaged database"

    /// Whether an exchange was decided on and not finished.
    var isUnfinished: Bool { exists(agreement) }

    /// Clears away what an attempt before this one left.
    func prepare() throws(StoreError) {
        guard exists(newDirectory) else { return }
        do { try FileManager.default.removeItem(atPath: newDirectory) } catch { throw failure(newDirectory) }
    }

    /// Decides where the damaged file goes. Returns its path.
    func agree(at wall: WallTime) throws(StoreError) -> String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let kept = names.filter { $0.hasPrefix("\(Store.fileName).damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
        let time = Date(timeIntervalSince1970: Double(wall.rawValue) / 1000)
            .formatted(
                .iso8601.year().month().day().dateSeparator(.omitted).time(includingFractionalSeconds: false).timeSeparator(.omitted))
        var name = "\(Store.fileName).damaged-\(time)"
        if kept.count >= Self.keptForGood { name = "\(Store.fileName).damaged-latest" }
        var number = 1
        while kept.contains(name), !name.hasSuffix("-latest") {
            number += 1
            name = "\(Store.fileName).damaged-\(time).\(number)"
        }
        do { try Data(name.utf8).write(to: URL(fileURLWithPath: agreement), options: .atomic) } catch { throw failure(agreement) }
        try sync(agreement)
        try sync(newDirectory)
        return directory + "/" + name
    }

    /// Carries out what was decided, from wherever it stopped.
    func finish(_ lock: DirectoryLock) throws(StoreError) {
        guard let data = FileManager.default.contents(atPath: agreement) else { throw failure(agreement) }
        let damaged = directory + "/" + String(decoding: data, as: UTF8.self)
        // Once the new file has gone in, what stands there under the old name is the new one.
        if exists(newFile) {
            for suffix in Self.suffixes where exists(file + suffix) { try move(file + suffix, to: damaged + suffix) }
            try move(newFile, to: file)
        }
        try lock.sync()
        do { try FileManager.default.removeItem(atPath: newDirectory) } catch { throw failure(newDirectory) }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw failure(path) }
    }

    private func sync(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private func failure(_ path: String) -> StoreError { StoreError(errno: errno, action: Self.action, path: path) }
}
