-- SPDX-License-Identifier: Apache-2.0
-- Following up: what stewards write into papers, and papers that were frozen; and who is signed in on
-- the pages.

-- What a body is proposed to decide, as a steward has written it: of a deadline or an assignment. NULL: what the
-- plan says of it stands.
CREATE TABLE proposal (
	item TEXT PRIMARY KEY,
	text TEXT,
	at INTEGER,
	seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A browser that is signed in. Of the token that it shows only the hash is kept, and of the address
-- that the link went to as well, so that nobody comes in with what a copy of the store says.
-- kind: 0 by a link in a mail.
CREATE TABLE session (
	hash TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	mail TEXT NOT NULL,
	kind INTEGER NOT NULL CHECK (kind >= 0),
	begun INTEGER NOT NULL,
	used INTEGER NOT NULL,
	until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person, begun);
CREATE INDEX session_until ON session (until);

-- Who is away, for whom a message's recipient gets an item: it goes back when they are there sooner. '': nobody.
ALTER TABLE item ADD COLUMN stands_for TEXT NOT NULL DEFAULT '';

-- A one-time link to sign in that was asked for: for whom (and the hash of the address that it goes to),
-- until when it is good, when it was used and by which form (the hash of what that had in it), and the
-- page to go on to. Its token is signed and not kept. The row '' is nobody's: it is written for each
-- address that nobody has, so that both cost the same.
CREATE TABLE login (
	id TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	mail TEXT NOT NULL,
	asked INTEGER NOT NULL,
	until INTEGER NOT NULL,
	used INTEGER,
	form TEXT NOT NULL,
	back TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_person ON login (person, asked);
CREATE INDEX login_asked ON login (asked);
-- What is to leave at once, whatever else waits.
CREATE INDEX message_at_once ON message (kind, next_attempt) WHERE next_attempt IS NOT NULL AND kind = 7;
-- What a steward's event changed, while it can be taken back: rows is JSON, [[table, before, after], ...], a row
-- that was not there or is no more being null; NULL: it changed more than is kept.
CREATE TABLE act (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	rows TEXT
) STRICT;
CREATE INDEX act_at ON act (at);
-- An event that was taken back, by its seq, and the event that did so.
CREATE TABLE undone (
	seq INTEGER PRIMARY KEY,
	by_seq INTEGER NOT NULL
) STRICT;

-- A paper is frozen when its papers date is past, or when it is handed in before. freeze_at: when that is to
-- be; 0: it is to be found out. frozen_for: the end of the papers date that it was frozen for; freeze_waits: the
-- same of one that waits for what is proposed; frozen_n: how many papers of it there are.
ALTER TABLE deadline ADD COLUMN freeze_at INTEGER;
ALTER TABLE deadline ADD COLUMN frozen_for INTEGER;
ALTER TABLE deadline ADD COLUMN freeze_waits INTEGER;
ALTER TABLE deadline ADD COLUMN frozen_n INTEGER NOT NULL DEFAULT 0;
UPDATE deadline SET freeze_at = 0 WHERE state = 0;
CREATE INDEX deadline_freeze_at ON deadline (freeze_at) WHERE freeze_at IS NOT NULL;
CREATE INDEX deadline_freeze_waits ON deadline (id) WHERE freeze_waits IS NOT NULL;
-- What was frozen, for good: the report's row as JSON, byte for byte, and the hash of these bytes.
CREATE TABLE frozen (
	deadline TEXT NOT NULL,
	n INTEGER NOT NULL,
	at INTEGER NOT NULL,
	late_at INTEGER,
	sha256 TEXT NOT NULL,
	content TEXT,
	PRIMARY KEY (deadline, n)
) STRICT, WITHOUT ROWID;

-- An attempt to send a message that has ended, and, where the message may have arrived by it, what it said: its headers
-- and its text, without the tokens of links. state is what the message became by it.
CREATE TABLE attempt (
	message INTEGER NOT NULL REFERENCES message (id),
	n INTEGER NOT NULL,
	begun INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	state INTEGER NOT NULL CHECK (state >= 0),
	answer TEXT NOT NULL,
	headers TEXT,
	text TEXT,
	PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
