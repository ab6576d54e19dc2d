-- SPDX-License-Identifier: Apache-2.0
-- The first schema. Instants are microseconds since 1970-01-01T00:00:00Z, dates days since
-- 1970-01-01; NULL is "none". Enums are the numbers of ledger.h and protocol/event.h, which
-- never change their meaning. Indexes are few and most are partial: each costs every event.

CREATE TABLE fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The log. previous: the event before this one about the same subject, or 0; the newest of
-- each subject is in subject. This chain costs less than an index by subject, whose every
-- insertion would rewrite a page of its own.
CREATE TABLE event (
	seq INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	subject TEXT NOT NULL,
	time INTEGER NOT NULL,
	received INTEGER NOT NULL,
	previous INTEGER NOT NULL,
	body TEXT NOT NULL
) STRICT;
-- The id first: ids that grow with time are then inserted at one end, whoever sent them.
CREATE UNIQUE INDEX event_identity ON event (id, source);

CREATE TABLE subject (
	id TEXT PRIMARY KEY,
	newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sequence (
	source TEXT PRIMARY KEY,
	last INTEGER NOT NULL,
	lost INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting (
	body TEXT NOT NULL,
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL,
	place TEXT NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	replaced_by INTEGER,
	PRIMARY KEY (body, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure (
	id TEXT PRIMARY KEY,
	owner TEXT NOT NULL,
	status INTEGER NOT NULL CHECK (status BETWEEN -1 AND 5),
	time INTEGER,
	seq INTEGER NOT NULL,
	progress INTEGER,
	effect_achieved INTEGER,
	effect_forecast INTEGER,
	alerts TEXT NOT NULL,
	needs_support TEXT,
	note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE deadline (
	id TEXT PRIMARY KEY,
	bound INTEGER,
	due INTEGER,
	papers INTEGER,
	extended INTEGER,
	due_original INTEGER,
	papers_original INTEGER,
	closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
	removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
	unbound_told INTEGER NOT NULL CHECK (unbound_told IN (0, 1)),
	next_at INTEGER,
	submitted_seq INTEGER NOT NULL,
	submitted_at INTEGER,
	reference TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deadline_next ON deadline (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE obligation (
	id INTEGER PRIMARY KEY,
	deadline TEXT NOT NULL,
	measure TEXT NOT NULL,
	owner TEXT NOT NULL,
	phase INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 2),
	withdrawal INTEGER NOT NULL CHECK (withdrawal >= 0),
	round INTEGER NOT NULL CHECK (round >= 1),
	due INTEGER,
	papers INTEGER,
	practical INTEGER,
	base INTEGER,
	due_original INTEGER,
	papers_original INTEGER,
	provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
	extended INTEGER NOT NULL CHECK (extended IN (0, 1)),
	opens_at INTEGER,
	late_at INTEGER,
	next_at INTEGER,
	known_at INTEGER,
	reached_round INTEGER NOT NULL,
	reached_at INTEGER,
	told_round INTEGER NOT NULL,
	asked INTEGER NOT NULL CHECK (asked >= 0),
	last_asked INTEGER,
	answered_at INTEGER,
	answered_seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX obligation_identity ON obligation (deadline, measure);
CREATE INDEX obligation_measure ON obligation (measure);
CREATE INDEX obligation_next ON obligation (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE mark (
	obligation INTEGER NOT NULL,
	round INTEGER NOT NULL CHECK (round >= 1),
	step TEXT NOT NULL,
	repetition INTEGER NOT NULL CHECK (repetition >= 0),
	recipient TEXT NOT NULL,
	decision INTEGER NOT NULL CHECK (decision BETWEEN 1 AND 4),
	at INTEGER,
	decided INTEGER,
	retry_at INTEGER,
	message INTEGER NOT NULL,
	late INTEGER NOT NULL CHECK (late IN (0, 1)),
	accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
	reason TEXT NOT NULL,
	PRIMARY KEY (obligation, round, step, repetition, recipient)
) STRICT, WITHOUT ROWID;

-- next_attempt is set while the message may leave by itself, finished once it never will again.
CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	recipient TEXT NOT NULL,
	channel TEXT NOT NULL,
	kind INTEGER NOT NULL CHECK (kind >= 0),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7),
	created INTEGER,
	planned INTEGER,
	next_attempt INTEGER,
	first_attempt INTEGER,
	finished INTEGER,
	attempts INTEGER NOT NULL CHECK (attempts >= 0),
	unknown INTEGER NOT NULL CHECK (unknown BETWEEN 0 AND attempts),
	last_answer TEXT NOT NULL
) STRICT;
CREATE INDEX message_next ON message (next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX message_joinable ON message (recipient, planned)
	WHERE attempts = 0 AND next_attempt IS NOT NULL;
CREATE INDEX message_unfinished ON message (id) WHERE finished IS NULL;

CREATE TABLE item (
	message INTEGER NOT NULL,
	n INTEGER NOT NULL CHECK (n >= 0),
	obligation INTEGER NOT NULL,
	deadline TEXT NOT NULL,
	measure TEXT NOT NULL,
	round INTEGER NOT NULL,
	step TEXT NOT NULL,
	repetition INTEGER NOT NULL,
	what INTEGER NOT NULL,
	late INTEGER NOT NULL CHECK (late IN (0, 1)),
	moot INTEGER NOT NULL CHECK (moot IN (0, 1)),
	detail TEXT,
	PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_obligation ON item (obligation) WHERE obligation <> 0;
CREATE INDEX item_deadline ON item (deadline, measure);
CREATE INDEX item_measure ON item (measure) WHERE measure <> '';
