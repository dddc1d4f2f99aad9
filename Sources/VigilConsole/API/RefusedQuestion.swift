public import VigilCore

/// A question that has no answer, and what to ask instead.
public struct RefusedQuestion: Error {
    public let words: LocalizedText
}
