/* SPDX-License-Identifier: Apache-2.0 */
/* What an event, a query or a command is answered with. */
#pragma once
#include <jansson.h>
#include <stdint.h>

enum reject_code {
	REJECT_NONE,
	REJECT_BAD_JSON,
	REJECT_BAD_EVENT,
	REJECT_BAD_DATA,
	REJECT_TOO_LARGE,
	REJECT_UNKNOWN_TYPE,
	REJECT_UNKNOWN_SUBJECT,
	REJECT_NOT_ALLOWED,
	RETRY_STORAGE_FULL, /* from here on the result is "retry" */
	RETRY_BUSY,
	REJECT_CODES,
};

/* Why something is refused: one sentence a person can act on. */
struct rejection {
	enum reject_code code;
	char reason[400];
};

enum answer_result { ANSWER_ACCEPTED, ANSWER_DUPLICATE, ANSWER_REJECTED, ANSWER_RETRY, ANSWER_OK };

/* "bad-json" and so on. */
const char *reject_code_name(enum reject_code code);
enum reject_code reject_code_parse(const char *name);

/* Fill in why (truncated at a character's boundary) and return code. Control characters in the
 * arguments come out as "?". */
enum reject_code reject(struct rejection *why, enum reject_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* New references, never NULL but for ENOMEM. id may be NULL (unreadable). */
json_t *answer_accepted(const char *id, int64_t seq);
/*
 * Accepted, with what is to be said of that: remarks (borrowed) is an object of some of these lists, or
 * NULL. What it says of deadlines that are not answered is told as a sentence as well, in `reason`.
 *
 *	missing   [{"deadline","fields"}]  not answered, since they require these fields
 *	early     [{"deadline","opens"}]   not answered, since their window opens only then (RFC 3339)
 *	warnings  [sentence]               what may be a mistake, or what follows that may not be expected
 */
json_t *answer_with(const char *id, int64_t seq, json_t *remarks);
json_t *answer_duplicate(const char *id, int64_t seq);
json_t *answer_refused(const char *id, const struct rejection *why); /* or retry, by code */
json_t *answer_rows(json_t *rows /* stolen */, const char *next /* or NULL */);
