-- SPDX-License-Identifier: Apache-2.0
-- Each channel's queue, in order of due time: what one channel has waiting hides no other's.

CREATE INDEX message_queue ON message (channel, planned, id) WHERE next_attempt IS NOT NULL;
