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
