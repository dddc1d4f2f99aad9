import VigilCore

extension Setting.Mark {
    /// Without its folders: `theengs.yaml:24`.
    var inFile: String { "\(file.split(separator: "/").last ?? ""):\(line)" }
}

extension Profile.Message {
    /// Where the file says so, behind a fault.
    var place: String { mark.map { " (\($0.inFile))" } ?? "" }
}
