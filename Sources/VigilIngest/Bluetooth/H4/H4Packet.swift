/// What a controller sends over H4.
enum H4Packet: Hashable {
    case event(code: UInt8, parameters: ArraySlice<UInt8>)
    /// - Parameters: header: the connection handle and its flags.
    case data(header: UInt16, ArraySlice<UInt8>)
}
