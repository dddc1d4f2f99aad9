extension Double {
    /// Degrees Celsius.
    init(fahrenheit: Double) { self = (fahrenheit - 32) * 5 / 9 }
}
