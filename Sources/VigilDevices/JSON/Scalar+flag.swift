extension Scalar {
    /// The flag of systems that write it as `true`, 1 or `ON`, in whatever case; any other number is none.
    var looseBool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .number(let number): number == 1 ? true : number == 0 ? false : nil
        case .text(let text):
            if text.isSame(ignoringCase: "on") || text.isSame(ignoringCase: "true") || text == "1" {
                true
            } else if text.isSame(ignoringCase: "off") || text.isSame(ignoringCase: "false") || text == "0" {
                false
            } else {
                nil
            }
        case .large, .null, .nested: nil
        }
    }
}
