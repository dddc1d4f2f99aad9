internal import GRDB

extension Row {
    /// A column that holds one of an enumeration's words.
    func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word { try Self.word(self[column]) }

    /// A column, counted from 0, that holds one of an enumeration's words.
    func word<Word: RawRepresentable<String>>(_ column: Int) throws -> Word { try Self.word(self[column]) }

    private static func word<Word: RawRepresentable<String>>(_ text: String) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "there is no \(Word.self) \"\(text)\"")
        }
        return word
    }
}
