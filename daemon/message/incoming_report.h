/* SPDX-License-Identifier: Apache-2.0 */
/* What mail servers say of a message that they could not deliver, or not yet. */
#pragma once
#include "message/incoming.h"
#include "message/incoming_marks.h"
#include "message/incoming_parts.h"

/*
 * As RFC 3464 has it, in fields: what, status, answer and the token of the Original-Envelope-Id. *ret_report: it is such a
 * report, and in says so; one of deliveries that worked is INCOMING_AUTOMATIC. 0 or -ENOMEM.
 */
int report_read(const struct parts *parts, const struct marks *marks, struct incoming *in,
		bool *ret_report);
/* The same of the fields, wherever they stand. */
void report_fields(struct slice text, struct incoming *in, bool *ret_report);
/* As the text of a mail server says it: the same, of what only a server sends. */
int bounce_read(const struct parts *parts, const struct marks *marks, struct incoming *in,
		bool *ret_report);
/* The server's words as they stand in the text of a report, and the status where none is known. */
int bounce_answer(const struct parts *parts, struct incoming *in);
/* Add the tokens of what a report returns: of the headers in its parts, and those that stand in its text. */
int returned_tokens(const struct parts *parts, struct incoming *in);

/* The first enhanced status in a text, "5.1.1" (RFC 3463), its place in *ret_at; false, with "" in out: none. */
bool status_find(struct slice text, char out[static 16], size_t *ret_at);
/* Put a server's words, folded as they may be, into answer. */
void answer_put(struct incoming *in, const char *text, size_t length);
