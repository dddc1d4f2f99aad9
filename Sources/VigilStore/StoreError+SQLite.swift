internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension StoreError {
    /// Classifies whatever a database access threw.
    ///
    /// - Parameter systemErrno: `sqlite3_system_errno` of the connection, or 0.
    init(_ error: any Error, action: String, path: String, systemErrno: Int32 = 0) {
        switch error {
        case let known as StoreError:
            self = known
        case let failure as DatabaseError:
            let code = failure.extendedResultCode.rawValue
            let kind = Kind(sqlite: code, systemErrno: systemErrno)
            var cause = (failure.message ?? "unknown error").lowercasedFirst
            if systemErrno != 0, kind.isOfTheDisk { cause += ", " + String(cString: strerror(systemErrno)).lowercasedFirst }
            self.init(kind, action: action, path: path, code: code, cause: cause)
        case is EncodingError, is DecodingError:
            // The context may quote values, and values are none of an operator's business.
            let side: Kind = error is EncodingError ? .refused : .corrupt
            self.init(
                side, action: action, path: path,
                cause: side == .refused ? "a value has no JSON form" : "a stored JSON body cannot be read")
        default:
            self.init(.other, action: action, path: path, cause: String(describing: type(of: error)))
        }
    }

    /// Classifies a failed system call.
    init(errno: Int32, action: String, path: String) {
        let kind: Kind =
            switch errno {
            case ENOSPC, EDQUOT: .full
            case EROFS, EACCES, EPERM: .readOnly
            case EIO: .io
            default: .other
            }
        self.init(kind, action: action, path: path, cause: String(cString: strerror(errno)).lowercasedFirst)
    }
}

extension StoreError.Kind {
    /// Result codes: https://www.sqlite.org/rescode.html
    init(sqlite code: Int32, systemErrno: Int32) {
        // SQLite names the failed call, the system names the cause; where both speak, the cause decides.
        switch (code & 0xff, systemErrno) {
        case (SQLITE_IOERR, ENOSPC), (SQLITE_IOERR, EDQUOT), (SQLITE_CANTOPEN, ENOSPC), (SQLITE_FULL, _): self = .full
        // The shared memory is the first that finds no room, and the system's word for it is not kept.
        case (SQLITE_IOERR, 0) where Self.isSharedMemory(code): self = .full
        case (SQLITE_IOERR, _) where Self.isSync(code): self = .syncFailed
        case (SQLITE_IOERR, EROFS), (SQLITE_IOERR, EACCES), (SQLITE_READONLY, _), (SQLITE_PERM, _): self = .readOnly
        case (SQLITE_CANTOPEN, EROFS), (SQLITE_CANTOPEN, EACCES), (SQLITE_CANTOPEN, EPERM): self = .readOnly
        case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): self = .busy
        case (SQLITE_IOERR, _): self = .io
        case (SQLITE_CORRUPT, _), (SQLITE_NOTADB, _): self = .corrupt
        case (SQLITE_CONSTRAINT, _), (SQLITE_MISMATCH, _), (SQLITE_TOOBIG, _): self = .refused
        default: self = .other
        }
    }

    /// The system's own words belong to these.
    var isOfTheDisk: Bool {
        switch self {
        case .full, .readOnly, .io, .syncFailed: true
        default: false
        }
    }

    /// SQLITE_IOERR_SHMSIZE, as below.
    private static func isSharedMemory(_ code: Int32) -> Bool { code == SQLITE_IOERR | (19 << 8) }

    private static func isSync(_ code: Int32) -> Bool {
        // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC; their definitions are expressions, which do not import.
        code == SQLITE_IOERR | (4 << 8) || code == SQLITE_IOERR | (5 << 8)
    }
}

extension String {
    /// House style: messages begin in lower case, SQL's keywords excepted.
    fileprivate var lowercasedFirst: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}
