/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of an inquiry, for the files that answer one kind of query each. */
#pragma once
#include "engine/forecast.h"
#include "engine/inquiry.h"
#include "engine/ladder/walk.h"
#include "engine/obligation/assignment_state.h"
#include "plan/due.h"

/* Obligations by id, gathered first and looked at a slice at a time. */
struct ids {
	int64_t *list;
	size_t count, room;
};

/* What was looked at last, as obligations of the same deadline mostly follow each other; the ids "": nothing yet. */
struct last {
	struct deadline_row deadline;
	struct asked_of {
		char deadline[ITEM_ID];
		int any; /* 1: something is asked for of it or its measures; or a negative errno */
	} asked;
};

struct inquiry {
	const struct inquirer *how;
	struct engine e; /* its own plan reference and snapshot */
	struct instant now;
	bool is_within; /* the engine's transaction: its ledger is the engine's own */
	json_t *params; /* a reference */
	enum request which;
	const struct person *viewer; /* of the plan's reference; or NULL */
	bool worked;		     /* its own work is done */
	size_t sieved;		     /* then: rows that have been looked at for the viewer */
	struct ids theirs;	     /* the places of those that are theirs */
	json_t *rows;		     /* of the inquiries that build their rows as they work */
	bool replaced;		     /* they are the answer, whatever its own were */
	struct ids ids;
	size_t at; /* how far the work has come in ids */
	struct sifter *sifter;
	struct last *last;
	int64_t after;
	struct forecast *forecast;
	struct walk *walk;
	json_t *measures; /* of a report */
	struct verify *verify;
	bool gathered;	     /* ids have been, of those who do so as they work */
	struct below below;  /* of the assignment that is looked at */
	struct paper *paper; /* of a report */
	struct today *today;
	struct places *places; /* of a list in order */
	struct tally *tally;   /* of people */
	struct why_rows *why;
};

/* How one kind of query is answered. */
struct inquirer {
	/* Judge the parameters: 0, a reject code, or a negative errno. May be NULL. */
	int (*begin)(struct inquiry *q, struct rejection *ret_why);
	/* A few milliseconds of work: 1 there is more, 0 done, or a negative errno. */
	int (*work)(struct inquiry *q);
	/* NULL: the rows are in q->rows. Else their count and each of them, made on demand. */
	size_t (*count)(const struct inquiry *q);
	json_t *(*row)(const struct inquiry *q, size_t i);
	/* The same as text, behind what is there: 0 or -ENOMEM. NULL: the row is made, and written. */
	int (*write)(const struct inquiry *q, size_t i, struct buffer *out);
};
extern const struct inquirer inquirer_list, inquirer_show, inquirer_why, inquirer_forecast,
	inquirer_report, inquirer_outbox, inquirer_requests, inquirer_verify, inquirer_assignments,
	inquirer_board, inquirer_today, inquirer_calendar, inquirer_people, inquirer_bodies,
	inquirer_meetings, inquirer_absences, inquirer_sessions, inquirer_acts;

/* For a narrower steward: may they ask this? 0, or a reject code. And a slice of taking out of the rows what is not
 * theirs: 1 there is more, 0 done, or a negative errno. */
int inquiry_may_ask(const struct inquiry *q, struct rejection *ret_why);
int inquiry_sieve(struct inquiry *q);
/* A row that is theirs becomes what of it is: 0 or a negative errno. */
int inquiry_narrow(const struct inquiry *q, json_t *row);
/* Take out of a row of `forecast` the items that are not the viewer's: is any left? */
bool inquiry_keeps_items(const struct inquiry *q, json_t *row);
/* The i-th row of all, a new reference; and how many there are. */
size_t inquiry_count_all(const struct inquiry *q);
json_t *inquiry_row(const struct inquiry *q, size_t i);

void verify_free(struct verify *v);
struct paper *paper_free(struct paper *p);
void today_free(struct today *t);
void places_free(struct places *p);
void sifter_free(struct sifter *s);
void why_rows_free(struct why_rows *w);

/* A parameter's text, or NULL when it was left out. */
const char *inquiry_text(const struct inquiry *q, const char *name);
bool inquiry_flag(const struct inquiry *q, const char *name);
int inquiry_add_id(struct inquiry *q, int64_t id);
/* `count` of an inquirer whose rows are made of ids. */
size_t inquiry_count_ids(const struct inquiry *q);
/* Gather the ids of the obligations of an item, a measure's or a deadline's, in the order of lists.h. */
int inquiry_gather(struct inquiry *q, const char *item);
/* Is there such a measure or deadline? 0, or unknown-subject with the sentence. */
int inquiry_check_item(const struct inquiry *q, const char *item, struct rejection *ret_why);

/* Is it owed now: its window is open, and neither it nor its deadline is closed? */
bool inquiry_is_owed(const struct inquiry *q, const struct obligation *o);
/* The row of a deadline, borrowed until the next is asked for. *ret NULL: there is none. 0 or a negative errno. */
int inquiry_find_deadline(const struct inquiry *q, const char *id, const struct deadline_row **ret);
/* Gather the ids of those obligations that are wanted, a slice at a time: 0 at the end, else positive, or a negative
 * errno. Of a deadline, a series' occurrences among it, they are in the order of their dates, then as they came into
 * being, as all others are. */
struct sifting {
	bool (*wanted)(const struct inquiry *q, const struct obligation *o); /* NULL: all */
	const char *deadline, *owner; /* NULL: any; of both the deadline is what is gone by */
	bool any;		      /* not only what is owed now, as inquiry_is_owed has it */
};
int inquiry_sift(struct inquiry *q, const struct sifting *of);
/* The row of `list` for the i-th of the ids. */
json_t *inquiry_listed(const struct inquiry *q, size_t i);

/* "waiting", "open", "late", "answered", "withdrawn". */
const char *obligation_state(const struct obligation *o, struct instant now);
#define MINUTE_TEXT 17 /* bytes of "YYYY-MM-DD HH:MM" and its NUL */
/* Local, to the minute: what a reason needs. Returns out. */
char *inquiry_minute(struct instant t, char out[static MINUTE_TEXT]);
/* JSON of a date or instant, null for none; new references. */
json_t *json_date(struct civil_date d);
json_t *json_instant(struct instant t);
json_t *json_time(struct time_of_day time);
json_t *json_optional(struct optional n);
/* Add to a row what there is of a measure's own dates, of its light and of its evidence: `from` `done_by`
 * `done_by_original` `done_by_meeting` `done_by_provisional` `done_forecast` `link`, and, in a plan with any of
 * the keys that go beyond deadlines, `light` with `light_reasons`. */
void inquiry_add_light(const struct inquiry *q, json_t *json, const struct measure *m,
		       const struct measure_row *row);
/* What the body decided, or null. */
json_t *json_outcome(const struct deadline_row *row);
/* The newest hand-over: the one that stands, or the one that was returned; null if it is the other. */
json_t *json_submitted(const struct deadline_row *row, bool stands);
/* Add to a row, as "history", each hand-over and decision of a deadline, oldest first: the newest 20. */
int inquiry_add_history(const struct inquiry *q, const char *deadline, json_t *row);
/* Add to a row, as "events", what was said of the thing of this id, the newest 50. */
int inquiry_add_events(const struct inquiry *q, const char *item, json_t *row);
/* A slice of work on the row of `show` for an assignment: 1 there is more, 0 done, or a negative errno. */
int inquiry_show_assignment(struct inquiry *q, const struct assignment *a);
/* Add to a row of a measure what concerns its closing, where there is something to say. */
void inquiry_add_closing(json_t *json, const struct measure *m, const struct measure_row *row);
/* Add to a row, as "extended_to", the meeting that something was extended or returned to: nothing for "". 0 or a
 * negative errno. */
int inquiry_add_meeting(const char *meeting, json_t *row);
/* Add to a row, as "via", the bodies that a deadline (or NULL) passes before its own: nothing where there are none.
 * 0 or a negative errno. */
int inquiry_add_via(const struct inquiry *q, const struct deadline *d, json_t *row);
/* The id of a person, or null for NULL. */
json_t *inquiry_person(const struct person *person);
/* An absence without its person: `from` `until` `deputy` (who stands in on its first day that is left; of one that
 * is over, who was named) `state` and `held_until`, where nobody does. */
struct absences;
json_t *inquiry_absence(const struct inquiry *q, const struct absences *absences,
			const struct absence *absence);
/* "known", "replaced", "cancelled". */
const char *inquiry_meeting_state(enum meeting_state state);
json_t *json_status(enum measure_status status);
/* A text, or null for NULL and "". */
json_t *json_text(const char *text);
/* Add to a row, as "requested", the later date that is asked for and not decided on, if there is one: of an
 * obligation, or (deadline "") of a measure's own date. */
int inquiry_add_requested(const struct inquiry *q, struct deadline_id deadline,
			  struct measure_id measure, json_t *row);
/* The row of `requests` for one of them. */
struct request_row;
struct request_about;
json_t *inquiry_request(const struct inquiry *q, const struct request_row *r,
			const struct request_about *about);
/* The row of `list` for one obligation. */
json_t *inquiry_obligation(const struct inquiry *q, const struct obligation *o);
