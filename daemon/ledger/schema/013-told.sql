-- SPDX-License-Identifier: Apache-2.0
-- What stewards are told of: that nothing leaves, and who is away.

-- Whose absence they hear of. look_at: when that is to be looked at next. first_day, last_day: of the absence whose
-- beginning they were told of, and whose end they were not yet.
CREATE TABLE away (
	person TEXT PRIMARY KEY,
	look_at INTEGER,
	first_day INTEGER,
	last_day INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX away_look_at ON away (look_at) WHERE look_at IS NOT NULL;
-- Whoever is away when this is new is found at once; whose absence is over is not.
INSERT INTO away (person, look_at) SELECT DISTINCT person, 0 FROM absence;

-- What went to who stood in.
CREATE INDEX item_stands_for ON item (stands_for) WHERE stands_for <> '';

-- What hold does not keep back: links to sign in, and that it is on.
DROP INDEX message_at_once;
CREATE INDEX message_at_once ON message (next_attempt) WHERE next_attempt IS NOT NULL AND kind IN (7, 11);
