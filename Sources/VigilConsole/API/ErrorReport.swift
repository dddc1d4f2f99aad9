public import VigilCore

/// Every answer that is no success: `{"error": "..."}`.
public struct ErrorReport: Codable, Hashable, Sendable {
    /// For programs and logs, in English.
    public var error: String
    /// The same in the languages that people speak, where it is for people.
    public var message: LocalizedText?
    /// One line each, where a whole file was refused.
    public var faults: [String]?
    public var warnings: [String]?
    /// The version in force, where a registry was refused because it is another than the one it was made from.
    public var registryVersion: Int?

    public init(
        error: String, message: LocalizedText? = nil, faults: [String]? = nil, warnings: [String]? = nil, registryVersion: Int? = nil
    ) {
        self.error = error
        self.message = message
        self.faults = faults
        self.warnings = warnings
        self.registryVersion = registryVersion
    }

    enum CodingKeys: String, CodingKey {
        case error, message, faults, warnings
        case registryVersion = "registry_version"
    }
}

extension ErrorReport {
    /// Why a registry was not taken over where somebody else was faster, and what to do.
    public static func outdatedRegistry(_ inForce: Int) -> ErrorReport {
        let words = LocalizedText(
            zh: "登记册刚被他人更改,现为第 \(inForce) 版;为保留对方的改动,未作任何更改。请重新导出(vigil registry export),在新文件上修改后再导入",
            en:
                "somebody else has changed the registry meanwhile, it is version \(inForce) now; so that their change is kept nothing was "
                + "changed. Export it again (vigil registry export), make your change there, and import that")
        return ErrorReport(error: words.english, message: words, registryVersion: inForce)
    }
}
