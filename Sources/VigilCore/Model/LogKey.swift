/// The keys of log metadata, all of them: dotted, lower case. Names of people, numbers, vitals and payloads never reach a log.
public enum LogKey {
    public static let alertID = "alert.id"
    public static let alertsOpen = "alerts.open"
    public static let certificateDaysLeft = "certificate.days_left"
    public static let channelID = "channel.id"
    public static let error = "error"
    public static let file = "file"
    public static let journalSequence = "journal.seq"
    public static let httpPath = "http.path"
    public static let isResumed = "mqtt.session_present"
    public static let missing = "missing"
    public static let mqttTopic = "mqtt.topic"
    public static let rows = "rows"
    public static let rowsDropped = "rows.dropped"
    public static let snapshotOwner = "snapshot.owner"
    public static let sourceID = "source.id"
    public static let version = "version"
}
