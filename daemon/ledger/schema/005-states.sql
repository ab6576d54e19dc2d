-- SPDX-License-Identifier: Apache-2.0
-- A deadline's state is one number in place of three flags, and what was one "anchor" of three
-- meanings is three columns. A series, which has no date of its own, is a row of its own table.

-- first_load: of "meeting BODY next": the day from which meetings count.
-- next_at: when its next occurrence comes into being or opens.
CREATE TABLE series (
	id TEXT PRIMARY KEY,
	first_load INTEGER,
	next_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX series_next ON series (next_at) WHERE next_at IS NOT NULL;
INSERT INTO series (id, first_load, next_at)
	SELECT id, anchor, next_at FROM deadline WHERE due IS NULL AND instr(id, '@') = 0;

-- state: 0 open, 1 submitted, 2 superseded, 3 removed. submitted_*: the newest hand-over, also after
-- it was returned. unbound_at: when the month ended without the meeting, and support was told.
-- opened_at: of an occurrence, when its window opened. rule_date, meeting_at_birth: what it is
-- counted from. An earlier row without a meeting does not say which of the two it was: it gets both.
CREATE TABLE deadline_new (
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
	outcome_reference TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO deadline_new
	SELECT id, bound, CASE WHEN bound IS NULL AND instr(id, '@') THEN anchor END, anchor,
		due, papers, extended, due_original, papers_original,
		CASE WHEN removed THEN 3 WHEN NOT closed THEN 0 WHEN superseded THEN 2 ELSE 1 END,
		CASE WHEN opened THEN coalesce((SELECT min(o.opens_at) FROM obligation AS o
			WHERE o.deadline = deadline.id), 0) END,
		CASE WHEN unbound_told THEN (due + 1) * 86400000000 END,
		next_at, submitted_seq, submitted_at, reference,
		outcome, outcome_at, outcome_seq, outcome_reference
	FROM deadline WHERE due IS NOT NULL OR instr(id, '@');
DROP TABLE deadline;
-- A return forgot the hand-over, which the log still has.
UPDATE deadline_new SET submitted_seq = coalesce((SELECT max(seq) FROM event
		WHERE subject = deadline_new.id AND type = 'paminn.submit'), 0)
	WHERE outcome = 2 AND submitted_seq = 0;
UPDATE deadline_new SET (submitted_at, reference) = (SELECT time,
		json_extract(body, '$.data.reference') FROM event WHERE seq = submitted_seq)
	WHERE submitted_seq <> 0 AND submitted_at IS NULL;
ALTER TABLE deadline_new RENAME TO deadline;
CREATE INDEX deadline_next ON deadline (next_at) WHERE next_at IS NOT NULL;
