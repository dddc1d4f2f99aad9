internal import Foundation
internal import VigilCore
internal import VigilStore

extension Victim {
    /// Journals so many frames in turns of a thousand, and streams them back; what it costs is printed.
    ///
    /// The processor time is that of the whole process less that of this thread: the writer's, checkpoints included.
    func measure(frames: Int64) {
        let payload = Array(
            #"{"battery":97,"linkquality":138,"occupancy":true,"temperature":21.4,"voltage":2985,"illuminance":211,"tamper":0}"#.utf8)
        let turnSize: Int64 = 1000
        let start = (wall: seconds(CLOCK_MONOTONIC), all: seconds(CLOCK_PROCESS_CPUTIME_ID), own: seconds(CLOCK_THREAD_CPUTIME_ID))
        for first in stride(from: lastSequence + 1, through: lastSequence + frames, by: Int64.Stride(turnSize)) {
            var turn = Turn()
            turn.journal = (first..<first + turnSize).map { sequence in
                StampedInput(
                    sequence: sequence, at: EngineTime(1_800_000_000_000 + sequence),
                    input: .frame(
                        Frame(source: "local", origin: .mqtt(topic: "zigbee2mqtt/hallway-\(sequence % 997)"), payload: payload)))
            }
            guard commitAndWait(turn) else { return }
        }
        let wall = seconds(CLOCK_MONOTONIC) - start.wall
        let cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - start.all - (seconds(CLOCK_THREAD_CPUTIME_ID) - start.own)
        say("journal: \(Int(Double(frames) / wall)) rows/s, \(cpu / Double(frames) * 1e6) microseconds of CPU a row")

        let reading = (wall: seconds(CLOCK_MONOTONIC), cpu: seconds(CLOCK_PROCESS_CPUTIME_ID))
        var count = 0
        do { try store.reader.forEachInput { count += $0.sequence > 0 ? 1 : 0 } } catch { say("failed \(error)") }
        let read = seconds(CLOCK_MONOTONIC) - reading.wall
        let readCPU = seconds(CLOCK_PROCESS_CPUTIME_ID) - reading.cpu
        say(
            "stream: \(count) rows in \(read) s, \(Int(Double(count) / read)) rows/s, \(readCPU / Double(count) * 1e6) microseconds of CPU a row"
        )
    }

    private func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
