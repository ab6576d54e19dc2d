-- SPDX-License-Identifier: Apache-2.0
-- Several daemons on one store.

-- Who has the store open. token: counts up, and is never given twice. name: the host and the process, for people.
-- until: by the store's clock (µs); whoever has not renewed it by then is taken for gone.
CREATE TABLE daemon (
	token INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	until INTEGER NOT NULL
) STRICT;

-- By which daemon, by its token, the attempt was begun that is or was the last: while a message is under way, whose
-- it is.
ALTER TABLE message ADD COLUMN claim INTEGER NOT NULL DEFAULT 0;
