-- SPDX-License-Identifier: Apache-2.0
-- A person's reply is answered at most once a day: the newest such message to them. Kind 9 is a reply.
CREATE INDEX message_reply ON message (recipient, id) WHERE kind = 9;
