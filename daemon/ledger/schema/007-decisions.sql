-- SPDX-License-Identifier: Apache-2.0
-- Decisions all the way: meetings as dates, chains of bodies, assignments, closing, requests, a
-- measure's own dates. What most obligations and measures have none of is in tables of its own, so
-- that those cost nothing.

-- What a status says besides, and a measure's own date as it stands: done_by_meeting is the "BODY YYYY-MM"
-- whose meeting it is, '' when it is a date; done_by_bound that meeting once it is known. light: as it was
-- last judged for an alert; light_at: when it is judged again.
ALTER TABLE measure ADD COLUMN done_forecast INTEGER;
ALTER TABLE measure ADD COLUMN link TEXT;
ALTER TABLE measure ADD COLUMN done_by INTEGER;
ALTER TABLE measure ADD COLUMN done_by_original INTEGER;
ALTER TABLE measure ADD COLUMN done_by_meeting TEXT NOT NULL DEFAULT '';
ALTER TABLE measure ADD COLUMN done_by_bound INTEGER;
ALTER TABLE measure ADD COLUMN done_by_extended INTEGER NOT NULL DEFAULT 0
	CHECK (done_by_extended IN (0, 1));
ALTER TABLE measure ADD COLUMN light INTEGER NOT NULL DEFAULT 0 CHECK (light BETWEEN 0 AND 3);
ALTER TABLE measure ADD COLUMN light_at INTEGER;
CREATE INDEX measure_light_at ON measure (light_at, id) WHERE light_at IS NOT NULL;
CREATE INDEX measure_done_by_meeting ON measure (done_by_meeting) WHERE done_by_meeting <> '';

-- A deadline that was extended to a meeting.
ALTER TABLE deadline ADD COLUMN extended_to TEXT NOT NULL DEFAULT '';
ALTER TABLE deadline ADD COLUMN bound_in_plan INTEGER;
CREATE INDEX deadline_extended_to ON deadline (id) WHERE extended_to <> '';

-- A measure that its body has closed: 0 done, 1 struck; -1 not.
ALTER TABLE measure ADD COLUMN closed_as INTEGER NOT NULL DEFAULT -1
	CHECK (closed_as BETWEEN -1 AND 1);
ALTER TABLE measure ADD COLUMN closed_at INTEGER;
ALTER TABLE measure ADD COLUMN closed_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE measure ADD COLUMN closed_reference TEXT;
ALTER TABLE measure ADD COLUMN closed_link TEXT;

-- When a plan came to have a measure; NULL: before this was kept, or from the first plan on.
ALTER TABLE measure ADD COLUMN added_at INTEGER;

-- What one body gave to another: when it is to be answered, and what its body has decided of it.
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
-- Extensions that were asked for. Without a measure (''): of the deadline as a whole. Without a deadline: of
-- the measure's own date. state: 0 open, 1 granted, 2 denied, 3 moot, 4 replaced. answer: why it was denied.
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


-- A chain of bodies: where a matter stands with each body that it passes before its deadline's own, and
-- how soon the first of those that have not decided wants its papers.
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
ALTER TABLE deadline ADD COLUMN chain_papers INTEGER;
ALTER TABLE deadline ADD COLUMN chain_provisional INTEGER NOT NULL DEFAULT 0
	CHECK (chain_provisional IN (0, 1));
ALTER TABLE deadline ADD COLUMN passed_seq INTEGER NOT NULL DEFAULT 0;
-- Meetings that single measures were given.
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
