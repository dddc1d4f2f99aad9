import ServiceLifecycle

extension ServiceGroupConfiguration.ServiceConfiguration {
    /// A part of the daemon: one that fails ends the others in order, as a signal does, for who hears nothing must not look alive.
    ///
    /// - Parameter mayEnd: its end is in order, and ends the others.
    static func part(_ service: any Service, mayEnd: Bool = false) -> Self {
        Self(
            service: service, successTerminationBehavior: mayEnd ? .gracefullyShutdownGroup : .cancelGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup,
            // Without a name its whole content becomes one: a text of megabytes for logs, with whatever it holds.
            serviceName: "\(type(of: service))")
    }
}
