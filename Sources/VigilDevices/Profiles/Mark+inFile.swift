import VigilCore

extension Setting.Mark {
    /// Without its folders: `theengs.yaml:24`.
    var inFile: String { "\(file.split(separator: "/").last ?? ""):\(line)" }
}
