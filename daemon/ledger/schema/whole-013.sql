-- SPDX-License-Identifier: Apache-2.0
-- The schema as the migrations up to 013 leave it, for an engine that begins with it. What a table and its columns
-- mean is told where they came in. Both engines read this file and the migrations after it: embed.cmake says how
-- the words of SQLite become PostgreSQL's. tests/unit/test_schema.c compares it with what 001 to 013 make.

CREATE TABLE absence (
	person TEXT NOT NULL,
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL CHECK (last_day >= first_day),
	deputy TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (person, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE absence_told (
	absence INTEGER NOT NULL,
	obligation INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	PRIMARY KEY (absence, obligation, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE act (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	rows TEXT
) STRICT;
CREATE INDEX act_at ON act (at);

CREATE TABLE assignment (
	id TEXT PRIMARY KEY,
	bound INTEGER,
	answer_by INTEGER,
	provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
	answer_by_original INTEGER,
	closed_as INTEGER NOT NULL CHECK (closed_as BETWEEN -1 AND 1),
	closed_at INTEGER,
	closed_seq INTEGER NOT NULL,
	closed_reference TEXT NOT NULL,
	closed_link TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
	message INTEGER NOT NULL,
	n INTEGER NOT NULL,
	begun INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	state INTEGER NOT NULL CHECK (state >= 0),
	answer TEXT NOT NULL,
	headers TEXT,
	text TEXT,
	PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE away (
	person TEXT PRIMARY KEY,
	look_at INTEGER,
	first_day INTEGER,
	last_day INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX away_look_at ON away (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE deadline (
	id TEXT PRIMARY KEY,
	bound INTEGER,
	rule_date INTEGER,
	meeting_at_birth INTEGER,
	due INTEGER,
	papers INTEGER,
	extended INTEGER,
	due_original INTEGER,
	papers_original INTEGER,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
	opened_at INTEGER,
	unbound_at INTEGER,
	next_at INTEGER,
	submitted_seq INTEGER NOT NULL,
	submitted_at INTEGER,
	reference TEXT NOT NULL,
	outcome INTEGER NOT NULL CHECK (outcome BETWEEN -1 AND 2),
	outcome_at INTEGER,
	outcome_seq INTEGER NOT NULL,
	outcome_reference TEXT NOT NULL,
	sequence INTEGER NOT NULL DEFAULT 0,
	extended_to TEXT NOT NULL DEFAULT '',
	bound_in_plan INTEGER,
	chain_papers INTEGER,
	chain_provisional INTEGER NOT NULL DEFAULT 0 CHECK (chain_provisional IN (0, 1)),
	passed_seq INTEGER NOT NULL DEFAULT 0,
	freeze_at INTEGER,
	frozen_for INTEGER,
	freeze_waits INTEGER,
	frozen_n INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX deadline_next ON deadline (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deadline_extended_to ON deadline (id) WHERE extended_to <> '';
CREATE INDEX deadline_freeze_at ON deadline (freeze_at) WHERE freeze_at IS NOT NULL;
CREATE INDEX deadline_freeze_waits ON deadline (id) WHERE freeze_waits IS NOT NULL;

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
CREATE UNIQUE INDEX event_identity ON event (id, source);

CREATE TABLE fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE forward (
	incoming INTEGER PRIMARY KEY,
	bytes BLOB NOT NULL
) STRICT;

CREATE TABLE forwarded (
	incoming INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX forwarded_at ON forwarded (at);

CREATE TABLE frozen (
	deadline TEXT NOT NULL,
	n INTEGER NOT NULL,
	at INTEGER NOT NULL,
	late_at INTEGER,
	sha256 TEXT NOT NULL,
	content TEXT,
	PRIMARY KEY (deadline, n)
) STRICT, WITHOUT ROWID;

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
	stands_for TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_obligation ON item (obligation) WHERE obligation <> 0;
CREATE INDEX item_deadline ON item (deadline, measure);
CREATE INDEX item_measure ON item (measure) WHERE measure <> '';
CREATE INDEX item_stands_for ON item (stands_for) WHERE stands_for <> '';

CREATE TABLE link (
	deadline TEXT NOT NULL,
	body TEXT NOT NULL,
	month INTEGER NOT NULL,
	bound INTEGER,
	not_before INTEGER,
	due INTEGER,
	papers INTEGER,
	provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
	outcome INTEGER NOT NULL,
	outcome_at INTEGER,
	outcome_seq INTEGER NOT NULL,
	reference TEXT NOT NULL,
	evidence TEXT NOT NULL,
	told INTEGER,
	PRIMARY KEY (deadline, body)
) STRICT, WITHOUT ROWID;

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
	absence INTEGER NOT NULL DEFAULT 0,
	owed INTEGER NOT NULL DEFAULT 0 CHECK (owed IN (0, 1)),
	PRIMARY KEY (obligation, round, step, repetition, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_absent ON mark (recipient) WHERE absence <> 0;

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
	note TEXT,
	done_forecast INTEGER,
	link TEXT,
	done_by INTEGER,
	done_by_original INTEGER,
	done_by_meeting TEXT NOT NULL DEFAULT '',
	done_by_bound INTEGER,
	done_by_extended INTEGER NOT NULL DEFAULT 0 CHECK (done_by_extended IN (0, 1)),
	light INTEGER NOT NULL DEFAULT 0 CHECK (light BETWEEN 0 AND 3),
	light_at INTEGER,
	closed_as INTEGER NOT NULL DEFAULT -1 CHECK (closed_as BETWEEN -1 AND 1),
	closed_at INTEGER,
	closed_seq INTEGER NOT NULL DEFAULT 0,
	closed_reference TEXT,
	closed_link TEXT,
	added_at INTEGER,
	began INTEGER NOT NULL DEFAULT -1 CHECK (began BETWEEN -1 AND 5)
) STRICT, WITHOUT ROWID;
CREATE INDEX measure_light_at ON measure (light_at, id) WHERE light_at IS NOT NULL;
CREATE INDEX measure_done_by_meeting ON measure (done_by_meeting) WHERE done_by_meeting <> '';

CREATE TABLE meeting (
	body TEXT NOT NULL,
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL,
	place TEXT NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	replaced_by INTEGER,
	PRIMARY KEY (body, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
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
CREATE INDEX message_next ON message (next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX message_joinable ON message (recipient, planned) WHERE attempts = 0 AND next_attempt IS NOT NULL;
CREATE INDEX message_unfinished ON message (id) WHERE finished IS NULL;
CREATE INDEX message_queue ON message (channel, planned, id) WHERE next_attempt IS NOT NULL;
CREATE INDEX message_reply ON message (recipient, id) WHERE kind = 9;
CREATE INDEX message_at_once ON message (next_attempt) WHERE next_attempt IS NOT NULL AND kind IN (7, 11);

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
	answered_seq INTEGER NOT NULL,
	answers_after INTEGER,
	assigned_at INTEGER,
	promised INTEGER NOT NULL DEFAULT 0 CHECK (promised IN (0, 1)),
	sequence INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX obligation_identity ON obligation (deadline, measure);
CREATE INDEX obligation_measure ON obligation (measure);
CREATE INDEX obligation_next ON obligation (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX obligation_owner ON obligation (owner);

CREATE TABLE own_meeting (
	deadline TEXT NOT NULL,
	measure TEXT NOT NULL,
	due TEXT NOT NULL,
	body TEXT NOT NULL,
	bound INTEGER,
	unbound_at INTEGER,
	PRIMARY KEY (deadline, measure)
) STRICT, WITHOUT ROWID;
CREATE INDEX own_meeting_body ON own_meeting (body);

CREATE TABLE promise (
	obligation INTEGER NOT NULL,
	person TEXT NOT NULL,
	answer_by INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (obligation, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
	item TEXT PRIMARY KEY,
	text TEXT,
	at INTEGER,
	seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
	seq INTEGER PRIMARY KEY,
	event TEXT NOT NULL,
	source TEXT NOT NULL,
	deadline TEXT NOT NULL,
	measure TEXT NOT NULL,
	due TEXT NOT NULL,
	reason TEXT NOT NULL,
	progress INTEGER,
	at INTEGER NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
	decided_at INTEGER,
	decided_seq INTEGER NOT NULL,
	reference TEXT NOT NULL,
	answer TEXT NOT NULL
) STRICT;
CREATE INDEX request_event ON request (event);
CREATE INDEX request_open ON request (deadline, measure) WHERE state = 0;

CREATE TABLE sequence (
	source TEXT PRIMARY KEY,
	last INTEGER NOT NULL,
	lost INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
	id TEXT PRIMARY KEY,
	first_load INTEGER,
	next_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX series_next ON series (next_at) WHERE next_at IS NOT NULL;

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

CREATE TABLE subject (
	id TEXT PRIMARY KEY,
	newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE undone (
	seq INTEGER PRIMARY KEY,
	by_seq INTEGER NOT NULL
) STRICT;

