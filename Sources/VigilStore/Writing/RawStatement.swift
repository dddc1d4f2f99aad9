internal import GRDB
internal import GRDBSQLite

/// A prepared statement driven through SQLite's own interface: what the journal is written and read with.
///
/// A row costs two to three microseconds this way, and two to eight times that through anything more comfortable.
struct RawStatement {
    private let pointer: OpaquePointer
    private let database: Database

    /// The statement of this SQL, prepared once per connection.
    init(_ sql: String, in database: Database) throws {
        self.database = database
        pointer = try database.cachedStatement(sql: sql).sqliteStatement
        sqlite3_reset(pointer)
    }

    // MARK: Parameters, counted from 1

    func bind(_ value: Int64, at index: Int32) throws {
        try check(sqlite3_bind_int64(pointer, index, value))
    }

    func bindNull(at index: Int32) throws {
        try check(sqlite3_bind_null(pointer, index))
    }

    /// The text is not copied: it must live until the statement has run.
    func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int32) throws {
        guard let start = text.baseAddress, !text.isEmpty else { return try check(sqlite3_bind_text(pointer, index, "", 0, nil)) }
        try start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            try check(sqlite3_bind_text64(pointer, index, $0, UInt64(text.count), nil, UInt8(SQLITE_UTF8)))
        }
    }

    /// The bytes are not copied: they must live until the statement has run.
    func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) throws {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return try check(sqlite3_bind_zeroblob(pointer, index, 0)) }
        try check(sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), nil))
    }

    // MARK: Running

    /// Runs a statement that gives no rows, and makes it ready for the next ones.
    func run() throws {
        let code = sqlite3_step(pointer)
        let failure = code == SQLITE_DONE ? nil : self.failure(code)
        sqlite3_reset(pointer)
        if let failure { throw failure }
    }

    /// Moves to the next row; false after the last.
    func next() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// Ends a reading before its last row.
    func reset() { sqlite3_reset(pointer) }

    // MARK: Columns, counted from 0

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(pointer, column) else { return "" }
        let count = Int(sqlite3_column_bytes(pointer, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(pointer, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) })
    }
}
