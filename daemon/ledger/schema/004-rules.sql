-- SPDX-License-Identifier: Apache-2.0
-- Absences, promises, outcomes, owners that change.

-- Who is away, both days included; deputy "" for the plan's. A row is replaced by a later event with
-- the same first day; where rows overlap, the newest seq counts.
CREATE TABLE absence (
	person TEXT NOT NULL,
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL CHECK (last_day >= first_day),
	deputy TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (person, first_day)
) STRICT, WITHOUT ROWID;

-- What an absence, by its seq, has been told to hold: an obligation, or (0) a kind of message.
CREATE TABLE absence_told (
	absence INTEGER NOT NULL,
	obligation INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	PRIMARY KEY (absence, obligation, kind)
) STRICT, WITHOUT ROWID;

-- "Seen, answer by": who promised an answer until when.
CREATE TABLE promise (
	obligation INTEGER NOT NULL,
	person TEXT NOT NULL,
	answer_by INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (obligation, person)
) STRICT, WITHOUT ROWID;

-- absence: the seq of the absence that suppressed or holds it, or 0. owed: a reminder to who owes.
ALTER TABLE mark ADD COLUMN absence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mark ADD COLUMN owed INTEGER NOT NULL DEFAULT 0 CHECK (owed IN (0, 1));
UPDATE mark SET owed = 1 WHERE EXISTS (SELECT 1 FROM item AS i
	WHERE i.obligation = mark.obligation AND i.round = mark.round AND i.step = mark.step
	AND i.repetition = mark.repetition AND i.message = mark.message AND i.what = 0);
CREATE INDEX mark_absent ON mark (recipient) WHERE absence <> 0;

-- What the receiving body decided; -1 nothing yet.
ALTER TABLE deadline ADD COLUMN outcome INTEGER NOT NULL DEFAULT -1
	CHECK (outcome BETWEEN -1 AND 2);
ALTER TABLE deadline ADD COLUMN outcome_at INTEGER;
ALTER TABLE deadline ADD COLUMN outcome_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deadline ADD COLUMN outcome_reference TEXT NOT NULL DEFAULT '';

-- answers_after: after a return only later statuses count. assigned_at: when its owner took over.
-- promised: there are rows in promise.
ALTER TABLE obligation ADD COLUMN answers_after INTEGER;
ALTER TABLE obligation ADD COLUMN assigned_at INTEGER;
ALTER TABLE obligation ADD COLUMN promised INTEGER NOT NULL DEFAULT 0
	CHECK (promised IN (0, 1));
