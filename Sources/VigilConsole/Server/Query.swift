import Hummingbird
import VigilCore

/// The part of a request after the question mark; a word that is not understood is refused, not passed over.
struct Query {
    private let parameters: [(name: String, value: String)]

    init(_ request: Request) {
        parameters = request.uri.queryParameters.map { (name: String($0.key), value: String($0.value)) }
    }

    func text(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ConsoleError(
                .badRequest, "\(name): \(SettingFault.quoted(text)) is no number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func day(_ name: String) throws -> CalendarDay? {
        guard let text = text(name) else { return nil }
        guard let day = CalendarDay(text: text) else {
            throw ConsoleError(.badRequest, "\(name): \(SettingFault.quoted(text)) is no day; write 2026-11-22")
        }
        return day
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _: Choice.Type) throws -> Choice?
    where Choice.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let hint = SettingFault.hint(text, among: Choice.allCases.map(\.rawValue))
            throw ConsoleError(.badRequest, "\(name): unknown value \(SettingFault.quoted(text))\(hint)")
        }
        return choice
    }

    func finish(known: [String]) throws {
        for parameter in parameters where !known.contains(parameter.name) {
            let hint = SettingFault.hint(parameter.name, among: known)
            throw ConsoleError(.badRequest, "unknown parameter \(SettingFault.quoted(parameter.name))\(hint)")
        }
    }
}
