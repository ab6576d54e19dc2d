-- SPDX-License-Identifier: Apache-2.0
-- Mail that comes back: what came in about messages of the outbox, and a state of a message more.

-- A mail that came in and was recognised. key: the same for the same mail read again. message: of the outbox, which
-- it is about; attempt: which of that message's, 0: not known. what: 0 a failure report, 1 a delay, 2 an automatic
-- reply, 3 a person's reply. status and answer are of the server that reported; subject and text of what was written.
CREATE TABLE incoming (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL,
	message INTEGER NOT NULL,
	attempt INTEGER NOT NULL CHECK (attempt >= 0),
	what INTEGER NOT NULL CHECK (what >= 0),
	at INTEGER NOT NULL,
	status TEXT NOT NULL,
	answer TEXT NOT NULL,
	subject TEXT NOT NULL,
	text TEXT,
	person TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX incoming_key ON incoming (key);
CREATE INDEX incoming_message ON incoming (message, id);
CREATE INDEX incoming_at ON incoming (what, at);
-- What of them is to go on as it came, until it has left: the whole mail.
CREATE TABLE forward (
	incoming INTEGER PRIMARY KEY,
	bytes BLOB NOT NULL
) STRICT;

-- A message has a state more, 8 bounced, and a constraint is changed only with its table.
CREATE TABLE message_new (
	id INTEGER PRIMARY KEY,
	recipient TEXT NOT NULL,
	channel TEXT NOT NULL,
	kind INTEGER NOT NULL CHECK (kind >= 0),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 8),
	created INTEGER,
	planned INTEGER,
	next_attempt INTEGER,
	first_attempt INTEGER,
	finished INTEGER,
	attempts INTEGER NOT NULL CHECK (attempts >= 0),
	unknown INTEGER NOT NULL CHECK (unknown BETWEEN 0 AND attempts),
	last_answer TEXT NOT NULL
) STRICT;
INSERT INTO message_new SELECT id, recipient, channel, kind, state, created, planned, next_attempt, first_attempt,
		finished, attempts, unknown, last_answer
	FROM message;
DROP TABLE message;
ALTER TABLE message_new RENAME TO message;
CREATE INDEX message_next ON message (next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX message_joinable ON message (recipient, planned)
	WHERE attempts = 0 AND next_attempt IS NOT NULL;
CREATE INDEX message_unfinished ON message (id) WHERE finished IS NULL;
CREATE INDEX message_queue ON message (channel, planned, id) WHERE next_attempt IS NOT NULL;
CREATE INDEX message_at_once ON message (kind, next_attempt) WHERE next_attempt IS NOT NULL AND kind = 7;
