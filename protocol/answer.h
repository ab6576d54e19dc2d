/* SPDX-License-Identifier: Apache-2.0 */
/* What an event, a query or a command is answered with. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
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

/*
 * What is wrong with an event that is well-formed, as far as a page that the event came from has words of its own for
 * it: what it says is then looked up, and not read out of the sentence, whose wording is free to change.
 */
enum reject_cause {
	CAUSE_OTHER, /* only the sentence says it */
	CAUSE_DATE_PAST,
	CAUSE_DATE_NOT_LATER,	 /* than the day that stands */
	CAUSE_DATE_OUT_OF_RANGE, /* of the years whose holidays are known */
	CAUSE_PAPERS_PAST,	 /* of the meeting that is named */
	CAUSE_BEFORE_ORIGINAL,	 /* an extension is corrected to a day before that of the plan */
	CAUSE_BODY_BEFORE,	 /* a meeting of a body that the matter passes before its own */
	CAUSE_NOT_ITS_BODY,	 /* the outcome of a body that the matter does not pass */
	CAUSE_UNKNOWN_CHOICE,	 /* a person, body, meeting or request that is not there */
	CAUSE_WHICH_DEADLINE,	 /* one of a measure's is to be named */
	CAUSE_GIVEN_WAY,	 /* a later occurrence stands instead */
	CAUSE_NOTHING_LEFT,	 /* all of it is answered */
	CAUSE_CLOSED,		 /* the measure is done or cancelled */
	CAUSE_LATE_ALREADY,	 /* no answer can be promised of it */
	CAUSE_DECIDED,		 /* a request is granted or denied already */
	CAUSE_OWN_DEPUTY,	 /* who is away stands in for themselves */
	CAUSE_NOT_AWAY,		 /* an absence that is none, or is over */
	CAUSE_UNDONE,		 /* already */
	CAUSE_TOO_LATE_TO_UNDO,
	CAUSE_HAS_LEFT,	 /* a message of what is to be undone */
	CAUSE_STANDS_ON, /* something later stands on what is to be undone */
	REJECT_CAUSES,
};

/* Why something is refused: one sentence a person can act on. */
struct rejection {
	enum reject_code code;
	enum reject_cause cause;
	char reason[400];
};

enum answer_result { ANSWER_ACCEPTED, ANSWER_DUPLICATE, ANSWER_REJECTED, ANSWER_RETRY, ANSWER_OK };
/* "accepted" and so on; false, ret untouched, if the name is none. */
bool answer_result_parse(const char *name, enum answer_result *ret);

/* "bad-json" and so on. */
const char *reject_code_name(enum reject_code code);

/* Fill in why (truncated at a character's boundary) and return code. Control characters in the
 * arguments come out as "?". */
enum reject_code reject(struct rejection *why, enum reject_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same as REJECT_BAD_DATA, for a cause that has a name. */
enum reject_code reject_data(struct rejection *why, enum reject_cause cause, const char *format,
			     ...) __attribute__((format(printf, 3, 4)));

/* What is to be said of an event that is accepted. What it says of deadlines that are not answered is told as
 * a sentence as well, in `reason`, which begins with what is answered. */
#define EARLY_ID 80   /* a deadline's or occurrence's id, which needs no escape */
#define EARLY_TIME 40 /* RFC 3339 */
struct early {
	char deadline[EARLY_ID], opens[EARLY_TIME];
};
#define ANSWERED_NEAR 3 /* of those that an event answers, beside the others */
struct answered {
	char deadline[EARLY_ID];
};
struct remarks {
	json_t *missing; /* [{"deadline","fields"}]: not answered, since they require these fields; or NULL */
	struct early *early; /* not answered, since their window opens only then */
	size_t early_count, early_room;
	/* The deadlines that it answers: the first ones here, where they cost no memory of their own. */
	struct answered answered[ANSWERED_NEAR], *answered_more;
	size_t answered_count; /* of both */
	size_t answered_room;  /* of answered_more */
	json_t *warnings; /* [sentence]: what may be a mistake, or follows and may not be expected; or NULL */
};
void remarks_done(struct remarks *r);
/* One more that it answers. 0 or -ENOMEM. */
int remarks_add_answered(struct remarks *r, const char *deadline);

/*
 * The text of an answer to an event that is accepted or a duplicate, without a NUL: how much room it may
 * need, and written there, its length. The id is an event's, clean and bounded; remarks may be NULL.
 *
 *	{"result":"accepted","id":…,"seq":42,"answers":[…],"missing":[…],
 *	 "early":[{"deadline":…,"opens":…}],"warnings":[…],"reason":…}
 */
size_t answer_room(const struct remarks *remarks);
size_t answer_write(enum answer_result result, const char *id, int64_t seq,
		    const struct remarks *remarks, char *out);

/* The same remarks, with their sentence, as an object of their own; a new reference, NULL when out of memory. */
json_t *answer_remarks(const struct remarks *remarks);

/* New references, never NULL but for ENOMEM. id may be NULL (unreadable). */
json_t *answer_refused(const char *id, const struct rejection *why); /* or retry, by code */
json_t *answer_rows(json_t *rows /* stolen */, const char *next /* or NULL */);
