/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The content of any message as it would leave, of the plan in force and the ledger as it stands, without
 * anything being written. A reminder or an escalation is the next that the ladder will send; what only an
 * event could bring about is told of as if that had just come, with its own words in brackets for what
 * somebody would have written.
 */
#pragma once
#include "engine/content.h"
#include "protocol/answer.h"

struct preview_request {
	const char *kind;	 /* of a message, or what an alert, a move or a confirmation says */
	struct person_id person; /* who reads it; NULL: whoever would get it */
	const char *item; /* a measure, deadline, occurrence or channel; NULL: one that there is */
	enum language language; /* LANGUAGES: the reader's own */
};
struct preview {
	struct message_content *content; /* message_content_free */
	struct instant when;		 /* it leaves */
};
/* 0; a positive enum reject_code with the sentence (no such item, nothing that it could say of it); or a
 * negative errno. */
int preview_new(struct preview *ret, struct engine *e, const struct preview_request *request,
		struct instant now, struct rejection *ret_why);
