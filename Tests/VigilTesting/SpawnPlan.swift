import CPlatform
import Foundation
import Glibc

/// What `posix_spawn` is told about one child: its standard streams, and that everything else is as if it were the first process of all.
struct SpawnPlan: ~Copyable {
    private var actions = posix_spawn_file_actions_t()
    /// The child's ends, which are ours only as long as this plan.
    private var theirs: [FileHandle] = []

    init() { posix_spawn_file_actions_init(&actions) }

    deinit {
        var actions = actions
        posix_spawn_file_actions_destroy(&actions)
    }

    /// Answers our end of a pipe.
    mutating func connect(_ input: ChildProcess.Input) throws -> FileHandle? {
        switch input {
        case .nothing: open("/dev/null", O_RDONLY, as: 0)
        case .bytes(let bytes): give(try .unnamed(holding: bytes), as: 0)
        case .pipe: return try connect(as: 0)
        }
        return nil
    }

    /// Answers our end of a pipe, or the file in which it is kept.
    mutating func connect(_ output: ChildProcess.Output, as descriptor: Int32) throws -> FileHandle? {
        switch output {
        case .nothing: open("/dev/null", O_WRONLY, as: descriptor)
        case .inherited: break
        case .kept:
            let file = try FileHandle.unnamed()
            give(file, as: descriptor)
            return file
        case .file(let path): open(path, O_WRONLY | O_CREAT | O_APPEND, as: descriptor)
        case .pipe: return try connect(as: descriptor)
        }
        return nil
    }

    mutating func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String]?, _ directory: String?
    ) throws -> pid_t {
        if let directory { cplatform_spawn_chdir(&actions, directory) }
        // Libraries that open sockets without close-on-exec would leave them to every child.
        cplatform_spawn_closefrom(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = (environment ?? ProcessInfo.processInfo.environment).map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var identifier: pid_t = 0
        let number = posix_spawn(&identifier, path, &actions, &attributes, &words, &variables)
        guard number == 0 else { throw ChildProcess.Failure(description: "cannot start \(path): \(String(cString: strerror(number)))") }
        return identifier
    }

    private mutating func open(_ path: String, _ flags: Int32, as descriptor: Int32) {
        posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
    }

    private mutating func give(_ handle: FileHandle, as descriptor: Int32) {
        theirs.append(handle)
        posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, descriptor)
    }

    /// Makes a socket pair and answers our end.
    private mutating func connect(as descriptor: Int32) throws -> FileHandle {
        var pair: [Int32] = [-1, -1]
        // Close-on-exec from the first moment: a child that another thread starts now must not hold on to it.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            throw ChildProcess.Failure(description: "cannot make a socket: \(String(cString: strerror(errno)))")
        }
        give(FileHandle(fileDescriptor: pair[1], closeOnDealloc: true), as: descriptor)
        return FileHandle(fileDescriptor: pair[0], closeOnDealloc: true)
    }
}

extension FileHandle {
    /// A file that nobody can find, to be gone with its last descriptor; its position is at its start.
    static func unnamed(holding bytes: Data = Data()) throws -> FileHandle {
        let file = FileManager.default.temporaryDirectory.appending(path: "vigil-child-\(UUID().uuidString)")
        try bytes.write(to: file)
        let handle = try FileHandle(forUpdating: file)
        try FileManager.default.removeItem(at: file)
        return handle
    }

    /// The child has moved the position: it shares it.
    func textFromTheStart() throws -> String {
        try seek(toOffset: 0)
        return String(decoding: try readToEnd() ?? Data(), as: UTF8.self)
    }
}
