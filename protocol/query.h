/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Queries and commands: their names and parameters, one table for daemon, client and manual.
 * {"query":NAME,"params":{…}} and {"command":NAME,"params":{…}}.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>

#include "protocol/answer.h"
#include "protocol/parsed.h"

enum request {
	QUERY_LIST,
	QUERY_SHOW,
	QUERY_WHY,
	QUERY_FORECAST,
	QUERY_REPORT,
	QUERY_OUTBOX,
	QUERY_ASSIGNMENTS,
	QUERY_REQUESTS,
	QUERY_TODAY,
	QUERY_CALENDAR,
	QUERY_BOARD,
	QUERY_PEOPLE,
	QUERY_BODIES,
	QUERY_MEETINGS,
	QUERY_ABSENCES,
	QUERY_CONSEQUENCES,
	QUERY_SESSIONS,
	QUERY_ACTS,
	QUERY_WHOAMI,
	COMMAND_RELOAD,
	COMMAND_HOLD,
	COMMAND_RETRY,
	COMMAND_DROP,
	COMMAND_TEST,
	COMMAND_VERIFY,
	COMMAND_GO,
	COMMAND_BACKUP,
	COMMAND_PREVIEW,
	COMMAND_LINK,
	COMMAND_MESSAGE,
	COMMAND_END_SESSIONS,
	COMMAND_RECEIVE,
	COMMAND_ERASE,
	REQUESTS,
};

enum param_kind {
	PARAM_ID,
	PARAM_DATE,
	PARAM_MONTH,
	PARAM_BOOL,
	PARAM_INTEGER,
	PARAM_MESSAGE, /* the number of a message in the outbox */
	PARAM_NUMBER,  /* from 1 on */
	PARAM_TIME,    /* RFC 3339, or a local time without an offset */
	PARAM_TEXT,
	PARAM_EVENT, /* an event, as it would be sent */
	PARAM_BYTES, /* base64, of at most QUERY_PIECE_MAX bytes */
};

struct request_param {
	const char *name;
	enum param_kind kind;
	bool required;
	const char *what; /* for the manual */
};
struct request_kind {
	const char *name;
	bool command; /* stewards only */
	const char *what;
	struct request_param params[8]; /* ends with a NULL name */
};
extern const struct request_kind request_kinds[REQUESTS];

#define QUERY_ROWS_MAX 1000
#define QUERY_PIECE_MAX (512 * 1024) /* bytes of a mail that one command receive brings */

/*
 * Is json a query or command, and which? REJECT_NONE and the kind, with params borrowed (an empty
 * object, added to json, when left out; "after" - the page's mark - and "limit", 1 to
 * QUERY_ROWS_MAX, are allowed in every query); else the code and the sentence.
 */
enum reject_code request_parse(json_t *json, enum request *ret, json_t **ret_params,
			       struct rejection *ret_why);
/* The same judgement of params, an object, for a question that a part of the daemon asks. */
enum reject_code request_check(enum request which, json_t *params, struct rejection *ret_why);
/* Is it an object with "query" or "command" and no "specversion" (rather than an event)? */
bool request_is(const struct parsed *json);
