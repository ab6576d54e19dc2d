-- SPDX-License-Identifier: Apache-2.0
-- Following up: what stewards write into papers, and papers that were frozen.

-- What a body is proposed to decide, as a steward has written it: of a deadline or an assignment. NULL: what the
-- plan says of it stands.
CREATE TABLE proposal (
	item TEXT PRIMARY KEY,
	text TEXT,
	at INTEGER,
	seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
