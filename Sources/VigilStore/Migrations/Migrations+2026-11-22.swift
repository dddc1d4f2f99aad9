internal import GRDB

extension Migrations {
    /// Journal, alerts, outbox, snapshots, and what people look at beside them.
    ///
    /// Times are milliseconds. Bodies in JSON are the `Codable` form of the core's types; the columns beside them are what is queried
    /// and what is constrained.
    @Sendable
    static func createSpine(in database: Database) throws {
        try database.execute(sql: journal)
        try database.execute(sql: alerts)
        try database.execute(sql: deliveries)
        try database.execute(sql: orders)
        try database.execute(sql: snapshots)
        try database.execute(sql: devices)
        try database.execute(sql: upkeep)
        try database.execute(sql: housekeeping)
    }

    private static let journal = """
        CREATE TABLE journal (
            sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
            at INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 10),
            source TEXT CHECK ((source IS NOT NULL) = (kind = 2)),
            topic TEXT CHECK ((topic IS NOT NULL) = (kind = 2)),
            flags INTEGER NOT NULL CHECK (flags BETWEEN 0 AND 7),
            body BLOB NOT NULL
        ) STRICT;

        -- Between two rows that are not neighbours in number lies a storage failure, and it is written here.
        CREATE TABLE discontinuities (
            sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
            at INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE confirmed (
            source TEXT PRIMARY KEY NOT NULL CHECK (source <> ''),
            sequence INTEGER NOT NULL CHECK (sequence >= 0)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE registry_versions (
            version INTEGER PRIMARY KEY CHECK (version >= 0),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            at INTEGER NOT NULL,
            body TEXT NOT NULL CHECK (body <> '')
        ) STRICT;

        CREATE TABLE rules_versions (
            version INTEGER PRIMARY KEY CHECK (version >= 0),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            at INTEGER NOT NULL,
            body TEXT NOT NULL CHECK (body <> '')
        ) STRICT;
        """

    private static let alerts = """
        CREATE TABLE alerts (
            id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
            kind TEXT NOT NULL CHECK (kind <> ''),
            subject TEXT NOT NULL CHECK (subject <> ''),
            episode INTEGER NOT NULL CHECK (episode > 0),
            severity TEXT NOT NULL CHECK (severity IN ('blue', 'yellow', 'red')),
            state TEXT NOT NULL CHECK (state IN ('pending', 'raised', 'owned', 'attending', 'closed')),
            raised_at INTEGER NOT NULL,
            closed_at INTEGER CHECK ((closed_at IS NOT NULL) = (state = 'closed')),
            body TEXT NOT NULL CHECK (body <> ''),
            UNIQUE (kind, subject, episode)
        ) STRICT;

        -- Never raised twice: one open episode for each key.
        CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE state <> 'closed';
        CREATE INDEX alerts_closed ON alerts (closed_at) WHERE state = 'closed';
        CREATE INDEX alerts_raised ON alerts (raised_at);

        -- In columns, as it is written on the way of every alert and followed entry by entry. Entries are never deleted, so that a
        -- position never comes twice.
        CREATE TABLE timeline (
            position INTEGER PRIMARY KEY,
            alert TEXT NOT NULL REFERENCES alerts (id),
            number INTEGER NOT NULL CHECK (number > 0),
            at INTEGER NOT NULL,
            wall INTEGER NOT NULL,
            event TEXT NOT NULL CHECK (event <> ''),
            severity TEXT NOT NULL CHECK (severity IN ('blue', 'yellow', 'red')),
            state TEXT NOT NULL CHECK (state IN ('pending', 'raised', 'owned', 'attending', 'closed')),
            contact TEXT,
            via TEXT NOT NULL,
            login TEXT,
            detail TEXT NOT NULL,
            UNIQUE (alert, number)
        ) STRICT;

        CREATE TRIGGER timeline_is_never_deleted BEFORE DELETE ON timeline
        BEGIN SELECT RAISE(ABORT, 'a timeline entry stays'); END;

        CREATE TRIGGER timeline_is_written_once BEFORE UPDATE ON timeline
        BEGIN SELECT RAISE(ABORT, 'a timeline entry never changes'); END;
        """

    private static let deliveries = """
        -- In columns, as it is written on the way of every message. The words are what every attempt says.
        CREATE TABLE deliveries (
            id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
            alert TEXT NOT NULL REFERENCES alerts (id),
            notice INTEGER NOT NULL,
            purpose TEXT NOT NULL CHECK (purpose IN ('notify', 'taken', 'closed', 'summary', 'digest', 'act', 'release')),
            step INTEGER NOT NULL,
            round INTEGER NOT NULL,
            contact TEXT NOT NULL CHECK (contact <> ''),
            channel TEXT NOT NULL CHECK (channel <> ''),
            address TEXT NOT NULL,
            method INTEGER NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('blue', 'yellow', 'red')),
            state TEXT NOT NULL CHECK (state IN ('ready', 'grouped', 'sending', 'delivered', 'failed', 'withdrawn')),
            created_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            lease INTEGER NOT NULL CHECK (lease >= 0),
            lease_until INTEGER,
            last_failure TEXT,
            expires_at INTEGER NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
            kind TEXT NOT NULL CHECK (kind <> ''),
            title TEXT NOT NULL,
            words TEXT NOT NULL,
            is_acceptable INTEGER NOT NULL CHECK (is_acceptable IN (0, 1)),
            is_drill INTEGER NOT NULL CHECK (is_drill IN (0, 1)),
            admitted_at INTEGER,
            digest TEXT CHECK ((digest IS NOT NULL) OR state <> 'grouped'),
            -- Of a digest: what its members are for, and their alerts as a list in JSON.
            news TEXT CHECK ((news IS NOT NULL) = (purpose = 'digest')),
            alerts TEXT CHECK ((alerts IS NOT NULL) = (purpose = 'digest')),
            CHECK (state <> 'sending' OR (lease > 0 AND lease_until IS NOT NULL))
        ) STRICT;

        CREATE INDEX deliveries_unsettled ON deliveries (channel, state, due_at) WHERE state IN ('ready', 'grouped', 'sending');
        CREATE INDEX deliveries_alert ON deliveries (alert);

        CREATE TRIGGER deliveries_fencing BEFORE UPDATE ON deliveries WHEN NEW.lease < OLD.lease
        BEGIN SELECT RAISE(ABORT, 'the lease of a delivery never falls'); END;

        CREATE TRIGGER deliveries_settled BEFORE UPDATE ON deliveries
        WHEN OLD.state IN ('delivered', 'failed', 'withdrawn') AND NEW.state IN ('ready', 'grouped', 'sending')
        BEGIN SELECT RAISE(ABORT, 'a settled delivery is never sent again'); END;
        """

    private static let orders = """
        CREATE TABLE orders (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            id TEXT NOT NULL UNIQUE CHECK (id <> ''),
            word TEXT NOT NULL CHECK (word IN ('silence', 'away', 'hospital', 'visitor', 'drill')),
            from_at INTEGER NOT NULL,
            until_at INTEGER NOT NULL CHECK (until_at > from_at),
            ended_at INTEGER,
            body TEXT NOT NULL CHECK (body <> '')
        ) STRICT;

        CREATE INDEX orders_open ON orders (number) WHERE ended_at IS NULL;

        CREATE TRIGGER orders_are_never_deleted BEFORE DELETE ON orders
        BEGIN SELECT RAISE(ABORT, 'an order stays'); END;

        CREATE TRIGGER orders_end_once BEFORE UPDATE ON orders WHEN OLD.ended_at IS NOT NULL AND NEW.ended_at IS NOT OLD.ended_at
        BEGIN SELECT RAISE(ABORT, 'an order that is over is never in force again'); END;
        """

    private static let snapshots = """
        CREATE TABLE snapshot (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            format INTEGER NOT NULL CHECK (format > 0),
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            at INTEGER NOT NULL,
            registry_version INTEGER NOT NULL,
            rules_version INTEGER NOT NULL
        ) STRICT;

        CREATE TRIGGER snapshot_moves_forward BEFORE UPDATE ON snapshot WHEN NEW.sequence < OLD.sequence
        BEGIN SELECT RAISE(ABORT, 'a snapshot never goes back'); END;

        CREATE TABLE snapshot_rows (
            owner TEXT NOT NULL CHECK (owner <> ''),
            key TEXT NOT NULL,
            body TEXT NOT NULL CHECK (body <> ''),
            PRIMARY KEY (owner, key)
        ) STRICT, WITHOUT ROWID;
        """

    private static let devices = """
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            at INTEGER NOT NULL,
            dialect TEXT NOT NULL,
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            topic TEXT NOT NULL,
            flags INTEGER NOT NULL CHECK (flags BETWEEN 0 AND 7),
            size INTEGER NOT NULL CHECK (size >= length(sample)),
            sample BLOB NOT NULL,
            reason TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;

        CREATE INDEX quarantine_device ON quarantine (dialect, name, id);

        -- The row without a name counts what names no device, and takes over the counts of devices that went.
        CREATE TABLE undecodable (
            dialect TEXT NOT NULL,
            name TEXT NOT NULL,
            frames INTEGER NOT NULL CHECK (frames > 0),
            last_at INTEGER NOT NULL,
            PRIMARY KEY (dialect, name)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX undecodable_seen ON undecodable (last_at);

        CREATE TABLE unclaimed (
            dialect TEXT NOT NULL CHECK (dialect <> ''),
            name TEXT NOT NULL,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            sightings INTEGER NOT NULL CHECK (sightings > 0),
            sample BLOB NOT NULL,
            PRIMARY KEY (dialect, name)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX unclaimed_seen ON unclaimed (last_at);
        """

    private static let upkeep = """
        -- By address: what takes a device's place was never tested.
        CREATE TABLE device_tests (
            dialect TEXT NOT NULL CHECK (dialect <> ''),
            name TEXT NOT NULL,
            tested_at INTEGER NOT NULL,
            way TEXT NOT NULL CHECK (way IN ('drill', 'outcome', 'test_button')),
            PRIMARY KEY (dialect, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE visits (
            resident TEXT PRIMARY KEY NOT NULL CHECK (resident <> ''),
            visited_at INTEGER NOT NULL,
            contact TEXT,
            via TEXT NOT NULL,
            login TEXT,
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let housekeeping = """
        CREATE TABLE cursors (
            name TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
            position TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE meta (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            installation TEXT NOT NULL CHECK (installation <> ''),
            is_clean INTEGER NOT NULL CHECK (is_clean IN (0, 1)),
            last_start TEXT,
            last_clock TEXT
        ) STRICT;

        INSERT INTO meta (only, installation, is_clean) VALUES (1, lower(hex(randomblob(16))), 1);
        """
}
