/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A spreadsheet imported again, against the plan that was made of it. Three things are compared: what a cell has
 * now, what it had when it was imported, and what the plan has. Only where the cell has changed is there a change;
 * whatever was changed or filled in by hand in the plan stays, and where both have changed it is said.
 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "client/import/known.h"

enum change_kind {
	CHANGE_NEW, /* of a group: it is not in the plan */
	CHANGE_VALUE, /* of a key: it has another value in the spreadsheet, and nobody changed it in the plan */
	CHANGE_BOTH,	/* of a key: it was changed in the spreadsheet, and by hand in the plan */
	CHANGE_DIFFERS, /* of a key of what was never imported: the plan says something else */
	CHANGE_UNREAD, /* of a key: it was changed in the spreadsheet to nothing, or to what can't be read */
	CHANGE_MISSING, /* of a group that was imported: the spreadsheet has it no more */
	CHANGES,
};

struct change {
	enum change_kind kind;
	struct group *group;		/* of the draft; NULL: missing */
	struct known *known;		/* of the plan; NULL: new */
	const struct member *member;	/* of the draft; NULL: of the whole group */
	const struct known_member *old; /* of the plan; NULL: it has none */
	const char *value;		/* that the spreadsheet comes to; NULL: none */
};

struct difference {
	struct keep keep;
	struct change *list;
	size_t count, room;
	size_t same; /* groups that are there in both, and alike */
};

/* The changes, in the draft's order, missing ones last. All of draft and plan stay as long. A name that is mistyped is no
 * change, and said. */
void difference_find(struct difference *ret, struct draft *draft, struct known_plan *plan,
		     struct notices *notices);
/* Which group of the plan each of the draft is, before they are compared; what is not plain about it is said. */
void difference_pair(struct draft *draft, const struct known_plan *plan, struct notices *notices);
/* Say that the person's name is that of the plan mistyped. */
void difference_tell_mistyped(const struct group *person, const struct known *known,
			      struct notices *notices);
/* Say of a measure of the plan what the spreadsheet has of it, over or not, where the plan has it otherwise. */
void difference_tell_status(struct group *measure, struct notices *notices);
/* Of the notices leave to people those of rows that are new or have changed in any cell. */
void difference_narrow(const struct draft *draft, struct notices *notices);
void difference_done(struct difference *difference);

/* How many of which kind, and a line for each, for people. */
void difference_print(FILE *out, const struct difference *difference);
/* The new groups as a plan file. Returns how many holes they have. */
size_t difference_write_new(FILE *out, const struct difference *difference);
/* An array of {"change", "section", "id", "key", "old", "new", "row", "file", "line"}. */
json_t *difference_json(const struct difference *difference);
