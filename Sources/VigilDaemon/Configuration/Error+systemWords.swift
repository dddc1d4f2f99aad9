import FoundationEssentials
import Glibc

extension Error {
    /// What the system said when a file could not be read: `permission denied`, `is a directory`.
    public var systemWords: String {
        guard let cause = (self as? CocoaError)?.underlying as? POSIXError else { return "\(self)" }
        return String(cString: strerror(cause.code.rawValue)).lowercased()
    }
}
