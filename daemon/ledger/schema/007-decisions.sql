-- SPDX-License-Identifier: Apache-2.0
-- Decisions all the way: meetings as dates, chains of bodies, assignments, closing, requests, a
-- measure's own dates. What most obligations and measures have none of is in tables of its own, so
-- that those cost nothing.

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
