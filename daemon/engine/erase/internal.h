/* SPDX-License-Identifier: Apache-2.0 */
/* A person is being erased: what is looked for, and how much was found. */
#pragma once
#include "engine/erase.h"
#include "engine/erase/traces.h"

/* What one of their events said in words of their own. */
struct said {
	int64_t seq;
	char *of, *text; /* of: the event's subject */
};
struct erasing {
	struct engine *e;
	const struct erasure *which;
	struct person_id person;
	struct instant now;
	char source[SOURCE_MAX + 1]; /* of their events */

	/* From the log: */
	const char *present; /* the name of whoever has the id in the plan in force; or NULL */
	bool known;	     /* a plan has had the id for somebody else */
	struct traces names; /* and addresses */
	size_t name_count, address_count;
	struct said *said;
	size_t said_count, said_room;
	struct traces words; /* what is said there, by what it is of: trace_compare_of */
	struct traces
		denied; /* by them, of whatever date: what was asked for, by the ids of events */
	int64_t *seqs;	/* of their events, in order */
	size_t seq_count, seq_room;
	int64_t last; /* of the log */
	/* What is theirs comes before this event: that of a plan which gave the id to whoever has it now. */
	int64_t until;
	struct instant until_at;

	/* What was done: */
	size_t events, plans, rows;
	json_t *papers;
};

/* Go over the log: what is there of them. 0, a reject code (nobody has ever had the id), or a negative errno. */
int erase_collect(struct erasing *x, struct rejection *ret_why);
void erase_done(struct erasing *x);
/* Is the event one of theirs? */
bool erase_is_theirs(const struct erasing *x, int64_t seq);
/* Did it happen before somebody else had the id? */
bool erase_is_before(const struct erasing *x, struct instant at);
/* What is looked for: names and addresses; of words, those that were said of something. */
struct trace_list erase_names(const struct erasing *x);
struct trace_list erase_words_of(const struct erasing *x, const char *of);

/* Is each plan of the log one without the name, too? 0, the code, or a negative errno. */
int erase_check_plans(struct erasing *x, struct rejection *ret_why);
/* Of a message that passes a reply on: what it is of goes, if it is theirs or names them. 1 when the message is changed, 0 or
 * a negative errno. */
int erase_passed_on(struct erasing *x, struct message *m);
/* Take them out of every row, then of every event: 0 or a negative errno. */
int erase_rows(struct erasing *x);
int erase_events(struct erasing *x);

#define ERASED_WORDS "–" /* in place of what somebody wrote */
/* The members of an event's data in which there are such words. */
#define ERASED_MEMBERS 3
extern const char *const erased_members[ERASED_MEMBERS];

/* A text becomes ERASED_WORDS, unless there is none or only blanks: 1, 0 or -ENOMEM. */
int erase_string(char **text);
/* So do all words in an object, in an event, or in an item that tells of one: 1 when there were any, 0 or -ENOMEM. */
int erase_members(json_t *in);
int erase_quiet(json_t *event);
int erase_detail(struct item *item);
