// usage: ingest-victim <port> <protocol> <file> <point>
Victim(arguments: CommandLine.arguments).run()
