-- SPDX-License-Identifier: Apache-2.0
-- Deadlines that come again: a row for the series, which wakes it, and one for each occurrence.
ALTER TABLE deadline ADD COLUMN anchor INTEGER;
ALTER TABLE deadline ADD COLUMN opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1));
ALTER TABLE deadline ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1));
