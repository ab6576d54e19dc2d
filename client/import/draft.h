/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rows of a spreadsheet come to in a plan: groups of its sections, each with the values of its keys as
 * a plan file has them, and what stood in the spreadsheet. What is missing or can be read two ways is a hole,
 * a text that paminnd --check finds and names.
 */
#pragma once
#include "client/import/amount.h"
#include "client/import/column.h"

enum section { SECTION_BODIES, SECTION_PEOPLE, SECTION_ASSIGNMENTS, SECTION_MEASURES, SECTIONS };
extern const char *const section_names[SECTIONS];

#define MEMBERS_MOST 12 /* of a group, at most */
#define ROWS_NAMED 8	/* of a group, at most */

struct group;
struct known;
/* One key of a group. */
struct member {
	const char *key;
	const char *
		value; /* as a plan file has it: "\"Anna\"", "1200000"; NULL: of `names`, or nothing */
	const char *cell;    /* as the spreadsheet has it, "" when it has nothing */
	struct group *names; /* the group that it names by its id; NULL: none */
	bool hole;	     /* the value is one */
	const char *quoted;  /* what the hole repeats of the spreadsheet; NULL: the cell */
	const char *why;     /* it is, for people: "Klart senast \"snarast\" names no day"; NULL */
};

struct group {
	enum section section;
	const char *id;	  /* of what it is, as the spreadsheet has it or as it is made from it */
	const char *name; /* of a person or body, for a sentence */
	const char *note; /* of the spreadsheet, a comment; "" when there is none */
	size_t row;	  /* where it is first */
	const struct sheet_row *source;
	const char *rows;	/* "4"; "2, 5, 9"; "2, 5, 9 and more" */
	size_t row_count, last; /* of them, and the last one */
	struct member members[MEMBERS_MOST];
	size_t count;
	bool left_out; /* of the comparison: it is over, or nobody else names it, and the plan does without */
	bool changed; /* against the plan that it is compared with, in any cell; or it is not there */
	enum column_kind
		as;	    /* of a person: COLUMN_OWNER, else COLUMN_MANAGER, else COLUMN_DEPUTY */
	const char *over;   /* of a measure: "done" or "cancelled", by its row; NULL: it goes on */
	struct group *body; /* of a measure: that the spreadsheet has for it; NULL */
	/* Of the plan that it is compared with: the group that it is, and its id there; NULL: it is not there. */
	struct known *known;
	const char *known_id;
};

struct groups {
	struct group **list;
	size_t count, room;
	void *by_id; /* a tree of search.h */
};

/* How to read what the spreadsheet does not say. */
struct draft_wishes {
	int64_t unit;	    /* of amounts without one; 0: none was given */
	const char *prefix; /* before each measure's id */
	bool again;	    /* there is a plan already, which says who is who */
};

/* A cell of a column of effect, for the sums. */
struct addend {
	const struct column *column;
	size_t row;
	const char *cell;
	int64_t kronor;
	struct group *measure; /* whose amount could not be read; NULL: it was, and is in kronor */
	const char *sum;       /* what its row is called if it is a sum; NULL */
};

struct draft {
	struct keep keep;
	const struct columns *columns;
	struct amount_style amounts;
	struct addend *addends; /* row by row */
	size_t addend_count, addend_room;
	struct groups sections[SECTIONS];
	void *by_mail; /* a tree of the people who have one */
};

/* The draft of the rows below the headings. It points into the sheet and the columns, which stay as long. Of an import
 * again the sums are left to be told, draft_tell_sums. */
void draft_make(struct draft *ret, const struct sheet *sheet, const struct columns *columns,
		const struct draft_wishes *wishes, struct notices *notices);
/* Say of a measure that it is over, and of a person whose address nobody has that it is wanted: of what is new. */
void draft_tell(struct group *group, struct notices *notices);
/* Compare each sum with the rows above it, with what the plan has for amounts that can't be read. */
void draft_tell_sums(struct draft *draft, struct notices *notices);
void draft_done(struct draft *draft);

/* The group of that id; NULL when there is none. */
struct group *groups_find(const struct groups *groups, const char *id);
/* The member of that key; NULL. */
struct member *member_of(struct group *group, const char *key);
