// swift-tools-version: 6.2
import PackageDescription

/// House rules for every Swift target of ours (docs/adr/0001): Swift 6 mode, explicit imports, warnings are errors.
let houseRules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The toolchain's own linker, and relocations as Debian 12 (glibc 2.36) reads them in a thirtieth of the space: two megabytes less of the
/// daemon stay in memory.
let compactLinking = ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"]

/// A Swift library room and the rooms it may look into.
///
/// - Parameter folder: its files are built into the program.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], embedding folder: String? = nil) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: folder.map { [.embedInCode($0)] } ?? nil, swiftSettings: houseRules)
}

/// A test target; it mirrors the room of the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: houseRules)
}

let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let inMemoryLogging = Target.Dependency.product(name: "InMemoryLogging", package: "swift-log")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "vigil",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "vigil", targets: ["vigil"]),
        .executable(name: "vigil-sim", targets: ["vigil-sim"]),
    ],
    dependencies: [
        // The heap of deadlines in the engine.
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        // Subcommands, help and completions of the two programs.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Structured logs with metadata.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Start, stop and signals of everything long-lived.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // SQLite: the store.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // HTTP server: health, metrics and the control API.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        // Peer credentials of the control socket need the channel under Hummingbird.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // YAML with line and column marks.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // System libraries: module maps and small shims, no Swift.
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CBluetooth", pkgConfig: "bluez", providers: [.apt(["libbluetooth-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CCurl", dependencies: ["CLibCurl"]),
        .target(name: "CJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CPlatform"),

        room("VigilCore", [heap]),
        room("VigilDevices", ["VigilCore", "CJSON", "CCrypto"]),
        room("VigilIngest", ["VigilCore", "CMosquitto", "CBluetooth", "CPlatform", logging]),
        room("VigilStore", ["VigilCore", grdb, grdbSQLite]),
        room("VigilNotify", ["VigilCore", "CCurl", "CCrypto", "CPlatform", logging]),
        room("VigilConsole", ["VigilCore", "VigilStore", "CPlatform", hummingbird, nioCore, logging, lifecycle]),
        room(
            "VigilDaemon",
            [
                "VigilCore", "VigilDevices", "VigilIngest", "VigilStore", "VigilNotify", "VigilConsole", "CPlatform", yams,
                lifecycle, logging,
            ],
            // A link to config/profiles.
            embedding: "ShippedProfiles"),
        .executableTarget(
            name: "vigil",
            dependencies: [
                "VigilCore", "VigilDevices", "VigilStore", "VigilNotify", "VigilConsole", "VigilDaemon", arguments, logging,
            ],
            swiftSettings: houseRules, linkerSettings: [.unsafeFlags(compactLinking, .when(configuration: .release))]),
        .executableTarget(name: "vigil-sim", dependencies: ["CMosquitto", arguments], swiftSettings: houseRules),
        // Measures what the project promises; `scripts/bench` runs it.
        .executableTarget(
            name: "vigil-bench",
            dependencies: ["VigilCore", "VigilDevices", "VigilStore", "VigilDaemon", "CMosquitto", arguments],
            path: "Benchmarks/VigilBench", swiftSettings: houseRules),

        .target(
            name: "VigilTesting",
            dependencies: [
                "VigilCore", "VigilDevices", "VigilIngest", "VigilStore", "VigilNotify", "VigilConsole", "VigilDaemon", "CPlatform",
                logging, lifecycle,
            ],
            path: "Tests/VigilTesting", swiftSettings: houseRules),
        // A consumer that kills itself at a named point; VigilIngestTests starts it.
        .executableTarget(
            name: "ingest-victim", dependencies: ["VigilCore", "VigilIngest", logging], path: "Tests/IngestVictim",
            swiftSettings: houseRules),
        tests("VigilCore", ["VigilCore", "VigilTesting"]),
        tests("VigilDevices", ["VigilDevices", "VigilCore", "VigilDaemon", "VigilTesting"]),
        tests("VigilIngest", ["VigilIngest", "VigilTesting", "CMosquitto", "ingest-victim", logging, inMemoryLogging]),
        // A writer that kills itself at a named point; VigilStoreTests starts it.
        .executableTarget(
            name: "store-victim", dependencies: ["VigilCore", "VigilStore"], path: "Tests/StoreVictim", swiftSettings: houseRules),
        tests("VigilStore", ["VigilCore", "VigilStore", "VigilTesting", "store-victim", grdb]),
        tests("VigilNotify", ["VigilNotify", "VigilTesting"]),
        tests("VigilConsole", ["VigilConsole", "VigilNotify", "VigilStore", "VigilCore", "VigilTesting", lifecycle, logging]),
        // Runs the program itself as a child process.
        tests("VigilCLI", ["vigil", "VigilConsole", "VigilDaemon", "VigilDevices", "VigilStore", "VigilCore", "VigilTesting"]),
        tests(
            "VigilDaemon",
            [
                "VigilDaemon", "VigilCore", "VigilIngest", "VigilStore", "VigilConsole", "VigilTesting", lifecycle, logging,
                inMemoryLogging, grdb,
            ]),
        // The daemon itself, to be killed; ScenariosTests starts it.
        .executableTarget(
            name: "daemon-victim", dependencies: ["VigilCore", "VigilDaemon", "VigilDevices", "VigilStore"],
            path: "Tests/DaemonVictim", swiftSettings: houseRules),
        tests(
            "Scenarios",
            ["VigilCore", "VigilIngest", "VigilStore", "VigilNotify", "VigilConsole", "VigilDaemon", "VigilTesting", "daemon-victim"]),
        tests("Fuzz", ["VigilDevices", "VigilCore", "VigilDaemon", "VigilIngest", "VigilTesting"]),
        // The simulator runs beside the gateway, not on it; the tests start it and its broker.
        tests("Sim", ["vigil-sim", "VigilTesting"]),
    ],
    swiftLanguageModes: [.v6]
)
