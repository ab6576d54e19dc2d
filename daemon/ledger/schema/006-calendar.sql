-- SPDX-License-Identifier: Apache-2.0
-- sequence: how often an entry of a calendar has changed: its dates, whose it is, whether it is asked for
-- (RFC 5545, SEQUENCE). It counts from here on, in rows that were there before too, and is therefore not
-- among what the log is compared with.
ALTER TABLE obligation ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deadline ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;

-- All that one person owes, for their calendar.
CREATE INDEX obligation_owner ON obligation (owner);
