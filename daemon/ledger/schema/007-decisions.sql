-- SPDX-License-Identifier: Apache-2.0
-- Decisions all the way: meetings as dates, chains of bodies, assignments, closing, requests, a
-- measure's own dates. What most obligations and measures have none of is in tables of its own, so
-- that those cost nothing.

-- A deadline that was extended to a meeting.
ALTER TABLE deadline ADD COLUMN extended_to TEXT NOT NULL DEFAULT '';
ALTER TABLE deadline ADD COLUMN bound_in_plan INTEGER;
CREATE INDEX deadline_extended_to ON deadline (id) WHERE extended_to <> '';
