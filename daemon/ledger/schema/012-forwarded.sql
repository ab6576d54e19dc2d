-- SPDX-License-Identifier: Apache-2.0
-- What has been forwarded may come back, and go on once more: when it left, of those whose bytes are kept for that.
CREATE TABLE forwarded (
	incoming INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX forwarded_at ON forwarded (at);
