/// The engine alone makes alerts and deliveries; the victim borrows their stored form.
enum VictimJSON {
    static func alert(_ number: Int64, at: Int64) -> String {
        """
        {"id":"sos-r\(number)-1","key":{"kind":"sos","subject":"resident:r\(number)"},"episode":1,"alertClass":"life","severity":"red","highestSeverity":"red",
        "rule":"sos","rulesVersion":1,"registryVersion":1,"state":"raised","condition":"active","raisedAt":\(at),"cancellations":[],"occurrences":1,
        "lastOccurrenceAt":\(at),"evidence":[],"holds":[],"isDrill":false,"members":[],"onsets":[],"notice":1,"escalation":{"policy":"red","startedAt":\(at),"nextStep":0,"isStepReached":false,"round":0,"actions":[],"calls":[]},"told":[],"declined":[],"timelineCount":1}
        """
    }

    static func delivery(_ number: Int64, at: Int64) -> String {
        """
        {"id":"sos-r\(number)-1/1/notify/0.0/officer/webhook","alert":"sos-r\(number)-1","notice":1,"purpose":"notify","step":0,"round":0,
        "contact":"officer","channel":"webhook","address":"http://127.0.0.1/","method":0,"severity":"red","message":{"language":"en",
        "title":"SOS","body":"SOS","alert":"sos-r\(number)-1","kind":"sos","severity":"red","purpose":"notify","isAcceptable":true,
        "contact":"officer","isDrill":false,"alerts":[]},"state":"sending","createdAt":\(at),"dueAt":\(at),"lease":1,"leaseUntil":\(at + 15_000),
        "expiresAt":\(at + 3_600_000)}
        """
    }
}
