/* SPDX-License-Identifier: Apache-2.0 */
/* A message of the outbox for stewards: what it says, and what has become of it. */
#pragma once
#include "message/templates.h"
#include "protocol/answer.h"

/*
 * *ret, a new reference: the row of `outbox` for the message, and
 *
 *	created, first_attempt	when it came into being, and was tried first (null: never)
 *	items			[{deadline, measure, step, repetition, what, moot}], what it speaks of; each but
 *				what and moot may be null
 *	left			true: what follows left; false: it would leave so now
 *	headers, subject, text	as its reader has them, "\n" between lines; each may be null. Of a webhook the
 *				text is its JSON, and the rest is null
 *	unsaid			why there is no text, a sentence; or null
 *	tried			[{n, at, ended, state, answer}], the attempts that are known, oldest first
 *	incoming		[{what, at, attempt, status, answer, subject, text}], the mails that came in about it,
 *				oldest first: what is "failure", "delay", "automatic" or "reply"; attempt null where it is
 *				not known, text null of reports
 *
 * A link in it with which one answers as its reader is cut after "/a/", since a message is shown to others here
 * than to whom it was sent. 0; a positive enum reject_code with the sentence; or a negative errno.
 */
int message_shown(const struct composing *with, struct engine *e, struct message_id id,
		  json_t **ret, struct rejection *ret_why);
