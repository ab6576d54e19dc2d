/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reply means, by what it replies to:
 *
 *	before RCPT        anything but 2xx, or silence: the server's fault, tried again
 *	RCPT, DATA         5xx final, or of policy; all else tried again
 *	BODY (after 354)   2xx accepted, 5xx final, or of policy; 4xx tried again; no reply: outcome
 *			   unknown
 */
#pragma once
#include "delivery/reply.h"

#define SERVICE_CLOSING 421 /* RFC 5321 § 3.8: whatever the command was */

enum smtp_phase { CONNECTING, LOGIN, IDLE, MAIL, RCPT, DATA, BODY, RSET };

/* What becomes of a mail whose transaction ends with this reply (code 0: none came). */
enum verdict smtp_verdict(enum smtp_phase phase, const struct reply *reply);
/* What to do in paminnd.conf about a server that does not let us in, or send, with this login; NULL when its
 * reply shows no such way out. */
const char *smtp_way_out(enum smtp_phase phase, const struct reply *reply,
			 const struct send_request *request);
/* Would it befall any mail? */
bool smtp_is_servers_fault(enum smtp_phase phase, const struct reply *reply);
