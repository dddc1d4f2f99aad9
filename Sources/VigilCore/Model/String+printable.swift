extension String {
    /// Fit for one line of a terminal: whatever does not show itself, moves the cursor or turns the direction of the text around it is
    /// written out, as `\u{202E}` or `\n`.
    public var printable: String {
        guard !unicodeScalars.allSatisfy(\.isPrintable) else { return self }
        return unicodeScalars.map { $0.isPrintable ? String($0) : $0.escaped(asASCII: true) }.joined()
    }

    /// The same for text of several lines.
    public var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    /// Letters, marks, digits, punctuation, symbols and spaces of any script; none of the marks that only steer (bidi controls are `Cf`).
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
