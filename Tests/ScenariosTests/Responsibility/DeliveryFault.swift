import VigilCore
import VigilTesting

/// What can go wrong between the decision to tell somebody and the word that they were told.
enum DeliveryFault: String, CaseIterable {
    case none, refused, timesOut, hangs, rateLimited, serverErrors, answersLate, answersTwice, channelGone, channelBusy, clockSteps
    case storageFails, crashesAfterSend

    /// What a channel answers to an attempt, and after how long; nothing where it never does.
    var answers: [(after: Milliseconds, outcome: DeliveryOutcome)] {
        let refusal = DeliveryOutcome.retryable(reason: "503", after: nil)
        switch self {
        case .none, .clockSteps, .storageFails, .channelGone: return [(Milliseconds(200), .delivered)]
        case .refused: return [(Milliseconds(200), .permanent(reason: "gone"))]
        case .timesOut: return [(.seconds(15), .retryable(reason: "timed out", after: nil))]
        case .rateLimited: return [(Milliseconds(200), .retryable(reason: "429", after: .seconds(300)))]
        case .serverErrors: return [(Milliseconds(200), refusal)]
        case .answersLate: return [(.seconds(31), .delivered)]
        case .answersTwice: return [(Milliseconds(200), refusal), (Milliseconds(900), refusal)]
        case .hangs, .channelBusy, .crashesAfterSend: return []
        }
    }
}
