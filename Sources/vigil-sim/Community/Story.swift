import ArgumentParser

/// What happens besides daily life.
enum Story: String, ExpressibleByArgument, CaseIterable {
    case demo, quiet, none
}
