import VigilCore

/// A number of medical devices: a mantissa and a power of ten. Some stand for "not measured".
// Source: ISO/IEEE 11073-20601:2014, annex F (FLOAT-Type, SFLOAT-Type); GATT Specification Supplement, section 2.2.
typealias MedicalNumber = Double

extension MedicalNumber {
    static let mmHgPerKilopascal = 7.500_616_827

    fileprivate init(mantissa: Int64, exponent: Int64) {
        var power = 1.0
        for _ in 0..<exponent.magnitude { power *= 10 }
        self = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }
}

extension ByteReader {
    /// Four bytes, the exponent in the last. Nil where fewer are left, nil in it where nothing was measured.
    mutating func medicalFloat() -> MedicalNumber?? {
        guard let raw = number(4) else { return nil }
        return .some(Self.medical(raw, mantissaBits: 24, exponentBits: 8))
    }

    /// Two bytes, the exponent in the upper four bits.
    mutating func medicalShortFloat() -> MedicalNumber?? {
        guard let raw = number(2) else { return nil }
        return .some(Self.medical(raw, mantissaBits: 12, exponentBits: 4))
    }

    /// Not a number, not at this resolution, both infinities, and one that is kept for later stand at either end of the mantissa.
    private static func medical(_ raw: UInt64, mantissaBits: UInt64, exponentBits: UInt64) -> MedicalNumber? {
        let mantissa = signed(raw, bits: mantissaBits)
        let exponent = signed(raw >> mantissaBits, bits: exponentBits)
        let limit = Int64(1) << Int64(mantissaBits - 1)
        guard mantissa > 2 - limit, mantissa < limit - 2 else { return nil }
        return MedicalNumber(mantissa: mantissa, exponent: exponent)
    }

    private static func signed(_ raw: UInt64, bits: UInt64) -> Int64 {
        let unused = 64 - bits
        return Int64(bitPattern: raw << unused) >> Int64(unused)
    }
}
