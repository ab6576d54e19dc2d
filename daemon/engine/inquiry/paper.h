/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The paper: what a report says once a plan uses assignments, periods and the rest of what paminn-rules(7)
 * tells from "Meetings as dates" on. It is of a deadline, of an assignment, or of all that a body has given or
 * got and is told of. paper.c leads; paper_row.c makes a row a measure, paper_bare.c one of an assignment without
 * any, paper_asked.c sums up what a measure was asked, paper_since.c finds what the body last heard, paper_changes.c
 * compares with that, paper_totals.c adds the rows up, paper_whole.c says what is said once.
 *
 * One measure is looked at after another, and each measure's chain of events in slices.
 */
#pragma once
#include "engine/inquiry/inquirer.h"
#include "engine/inquiry/past.h"
#include "engine/obligation/light.h"
#include "ledger/deadlines.h"
#include "ledger/measures.h"

#define PAPER_PERIODS (PAST_WINDOWS - 4) /* shown at most: the newest; the others are as below */

enum paper_of { PAPER_OF_DEADLINE, PAPER_OF_ASSIGNMENT, PAPER_OF_BODY };

/* What is counted and listed besides the rows, by the name of its member. */
enum paper_list {
	/* Since what it compares with. */
	PAPER_NEW,
	PAPER_CLOSED,
	PAPER_MOVED,
	PAPER_WORSE,
	PAPER_BETTER,
	/* At any time. */
	PAPER_UNANSWERED,
	PAPER_SUPPORT,
	PAPER_REQUESTS,
	/* Of a body: the four lists of its tracker, and what it is to strike. */
	PAPER_LIVE,
	PAPER_COMPLETED,
	PAPER_TO_STRUCK,
	PAPER_OUTSTANDING,
	PAPER_LISTS,
};
#define PAPER_CHANGES (PAPER_BETTER + 1) /* of these lists are changes */

struct paper {
	enum paper_of of;
	const struct deadline *d;     /* PAPER_OF_DEADLINE: it, or its occurrence */
	struct deadline_row deadline; /* its row */
	const struct assignment *a;   /* PAPER_OF_ASSIGNMENT: it; of a deadline: its own, or NULL */
	const struct body *body;      /* that the paper goes to, and whose words it has; or NULL */
	const struct period *asked;   /* the one that the paper is of, or NULL */
	const struct period *periods[PAPER_PERIODS]; /* shown */
	size_t period_count;
	/* What it tells is so on this day, and was said before its end: today, or the last day of the
	 * period that it is of. */
	struct civil_date as_of;
	struct instant end;
	int year; /* whose planned effect it tells */
	/* What it compares with: the last day of the body's last meeting, or the day of the last report, which is
	 * that of a deadline; and its decision, each "" for none. CIVIL_NONE: there is none. */
	struct civil_date since;
	char since_report[ITEM_ID], since_reference[LINE_MAX_BYTES + 1];
	const struct measure **measures;
	size_t measure_count, measure_room;
	const struct assignment **bare; /* those without measures: rows of their own */
	size_t bare_count, bare_room;
	bool requests_known;
	bool looking; /* at the chain of measures[at] */
	struct past past;
	/* Of past, or NULL: what had been said in what it compares with; by the end of the period that it
	 * is of; and in the paper's year, where the plan has effects by year; and at any time. */
	const struct window *then, *by_end, *of_year, *ever;
	json_t *lists[PAPER_LISTS];
	struct board *board; /* of a board: what is added up besides; else NULL */
};

/* What a measure's row is made of. */
struct paper_measure {
	const struct measure *m;
	struct measure_row row;
	/* Its obligations here, summed up. */
	const char *state; /* of the one that is most pressing; NULL: nobody is asked */
	char owner[ID_MAX + 1];
	int asked;
	struct instant
		asked_from; /* since when what was asked last is asked; INSTANT_NONE: nothing is */
	struct instant last_asked, answered_at;
	bool is_asked, is_pending, has_answered, has_status;
};

/* Whether q's parameters ask for a paper, rather than for the report of a plan without such keys, which is one only
 * as a page or a document. */
bool paper_is_asked_for(const struct inquiry *q);
/* Is the measure part of the assignment, or asked by a deadline of it? */
bool paper_is_below(const struct measure *m, const struct assignment *a);
/* Is the deadline's matter for the body: does it meet on it last, or on the way? */
bool paper_is_for(const struct deadline *d, const struct body *body);
/* As of an inquirer. */
int paper_begin(struct inquiry *q, struct rejection *ret_why);
int paper_work(struct inquiry *q);

/* Find what it compares with, once its body and its day are known: `since` and past.moved_after. 0 or a negative
 * errno. */
int paper_find_since(struct inquiry *q);

/* Sum up what the measure's obligations here say of it: whether it is asked and has answered, how often it was asked
 * and when last. 0 or a negative errno. */
int paper_sum_up_asked(const struct inquiry *q, struct paper_measure *pm);
/* The row of a measure whose chain was looked at whole: a new reference. */
json_t *paper_row(const struct inquiry *q, const struct paper_measure *pm);
/* That of an assignment without measures. */
struct assignment_row;
json_t *paper_bare_row(const struct inquiry *q, const struct assignment *a,
		       const struct assignment_row *stands);
/* What was said in a window, or now, in words: "on-track", "no-data", "done-by-owner"; and the body's own,
 * or null. Two members of the object. */
void paper_put_word(const struct paper *p, json_t *object, const struct paper_measure *pm,
		    enum measure_status status);
/* The same of a word that is known. */
void paper_put_this_word(const struct paper *p, json_t *object, enum word word);
/* A light, the body's own word for it or null, and why it is so. Three members of the object. */
void paper_put_light(const struct paper *p, json_t *object, struct lit lit);
/* Beside a date of the object that is a meeting by its month, "meeting RF 2026-10": the name of its body, as the
 * member with "_body" behind its name. */
void paper_put_body(const struct inquiry *q, json_t *object, const char *member);
/* Gather the requests that are open, a slice at a time: 1 there are more, 0 done, or a negative errno. */
int paper_requests(struct inquiry *q);
/* Is an extension asked for, of the measure? */
bool paper_is_requested(const struct paper *p, const char *measure);
/* The light that what was said then would have on a day. */
struct lit paper_light(const struct inquiry *q, const struct paper_measure *pm,
		       const struct said *said, struct civil_date on);
/* Put the measure into the lists that it belongs to. */
int paper_compare(struct inquiry *q, const struct paper_measure *pm, const json_t *row);
/* The same of an assignment without measures. */
int paper_track_bare(struct paper *p, const struct assignment_row *a, const json_t *row);
/* What the rows come to: a new reference. */
json_t *paper_totals(json_t *rows);
/* The whole, once the rows are made: a new reference. */
json_t *paper_whole(const struct inquiry *q);
/* Does the paper tell of the deadline: is it the one, or below its assignment, or its body's? */
bool paper_concerns(const struct paper *p, const struct deadline *d);
/* Answer with the paper as it was frozen, instead of what stands. As of an inquirer. */
int paper_begin_frozen(struct inquiry *q, struct rejection *ret_why);
/* The paper's report as it was frozen, where it is for the papers date that stands: a new reference; or NULL. 0 or a
 * negative errno. */
int paper_find_frozen(const struct inquiry *q, json_t **ret);
/* The row of what the other row is of, borrowed; or NULL. It is looked for from a place on, outwards: papers keep their
 * order, so that it is mostly there, and not far where rows have come or gone. */
json_t *paper_find_row(const json_t *rows, const json_t *like, size_t near);
/* *report, what stands, becomes what was frozen with `since_frozen`, what has changed since, where a paper is. 0 or a
 * negative errno. */
int paper_tell_frozen(const struct inquiry *q, json_t **report);
/* What is proposed to be decided: a new reference, null: nothing is, of which a body's tracker never has anything else;
 * NULL: it could not be read. */
json_t *paper_proposal(const struct inquiry *q);
/* Is a deadline decided, of a body's paper as far as that body goes; *ret_seq: the newest decision on it, or 0. A series
 * never is. 0 or a negative errno. */
int paper_find_decided(const struct inquiry *q, const struct deadline *d, bool *ret,
		       int64_t *ret_seq);
/* Who it goes to when decided, who prepared it, and who signs it: new references; NULL: it could not be read. */
json_t *paper_extract_to(const struct inquiry *q);
json_t *paper_prepared_by(const struct inquiry *q);
json_t *paper_officials(const struct inquiry *q);
/* Was it over without its effect when the paper ends: struck by the body, or broken off by its owner? */
bool paper_is_given_up(const struct paper *p, const struct measure_row *row);
/* What is required of the paper's assignments, and what of it the plan covers: with measures that go on or are done. A
 * new reference; NULL: it could not be read. */
json_t *paper_requirements(const struct inquiry *q);

/* ---- of a board (board.h) ------------------------------------------------------------------------ */

struct board *board_free(struct board *board);
/* Add to a measure's row how its status moved, and it to what is added up. 0 or a negative errno. */
int board_add_measure(struct inquiry *q, const struct paper_measure *pm, json_t *row);
/* The frozen report's rows get what a board has of the rows that stand: how each status moved; a row of what has left
 * the plan since is added up as it was. */
void board_keep_courses(struct paper *p, json_t *frozen, const json_t *now);
/* Add to the whole what only a board has, and cut its rows and lists to what a page shows. 0 or a negative
 * errno. */
int board_finish(struct inquiry *q, json_t *report);

/* ---- of reports ---------------------------------------------------------------------------------- */

/* Is it one of the paper's measures? */
bool paper_tells_of(const struct paper *p, const struct measure *m);
/* Shared with the report of a deadline (rereport.c). */
struct optional report_difference(struct optional a, struct optional b);
bool report_has_status(const struct obligation *o, const struct measure_row *m);
bool report_has_answered(const struct obligation *o);
json_t *report_add_up(json_t *rows);
/* A deadline's report with these rows, without its history: a new reference. rows is borrowed. */
json_t *report_of_deadline(const struct inquiry *q, const struct deadline *d,
			   const struct deadline_row *row, json_t *rows);
