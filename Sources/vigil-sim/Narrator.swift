import Foundation

/// Tells the ground truth on standard error, one line per happening that is worth a sentence.
struct Narrator {
    /// How much is told.
    enum Scope {
        case nothing, story, everything
    }

    let scope: Scope
    let clock: DayClock
    /// Milliseconds since 1970 when the play began.
    let wallAtStart: Int64

    /// `14:02:07 home 7: falls in the bathroom (07:36 of the story's day)`.
    func tell(_ happening: Happening) {
        guard let sentence = happening.sentence, isWanted(happening) else { return }
        let time = wallTime(of: wallAtStart + happening.at.milliseconds)
        say("\(time) home \(happening.home): \(sentence) (\(clock.hour(at: happening.at)) of the story's day)")
    }

    /// A line about the play itself.
    func say(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    private func isWanted(_ happening: Happening) -> Bool {
        switch scope {
        case .nothing: false
        case .story: happening.isOfStory
        case .everything: true
        }
    }

    private func wallTime(of milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return String(format: "%02d:%02d:%02d", parts.tm_hour, parts.tm_min, parts.tm_sec)
    }
}
