-- SPDX-License-Identifier: Apache-2.0
-- How a measure stood when a plan came to have it, where that plan says that it was over then; -1: it does not.
ALTER TABLE measure ADD COLUMN began INTEGER NOT NULL DEFAULT -1 CHECK (began BETWEEN -1 AND 5);
