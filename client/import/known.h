/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan that is there already, as far as an import has to know it: its bodies, people, assignments and measures
 * with their values, and what stood in the spreadsheet when they were imported, which the comments
 * # row 4: id="HSN-03"; title="…" tell (see plan_text_source).
 */
#pragma once
#include "client/import/draft.h"

/* One key of a group of the plan. */
struct known_member {
	const char *key;
	const char *
		value; /* written as draft writes it, so that the same is the same; NULL: not there */
	unsigned line;	  /* 0: not there */
	const char *cell; /* that it was imported from, "" when the spreadsheet had nothing */
};

struct known {
	enum section section;
	const char *id;	      /* as the plan has it now */
	const char *imported; /* as it was imported; NULL: it never was */
	const char *file;
	unsigned first, last; /* lines that it has members on */
	unsigned source;      /* the line of its comment; 0: none */
	bool apart;	      /* none of its lines has anything of another */
	struct known_member *members;
	size_t count, room;
	const char *
		named; /* its name or title as an id is made of it; "" when it has none, or a hole */
	const char *title; /* the same as it stands, or stood in the spreadsheet; "" */
	bool seen;	   /* it has been found in the spreadsheet */
};

/* A file of the plan, byte by byte. */
struct known_file {
	const char *path; /* as it was given, the same for all groups of it */
	const char *text;
	size_t *lines; /* where each line begins, and where the last one ends */
	size_t line_count;
	bool returns; /* its lines end as Windows has it */
};

struct known_plan {
	struct keep keep;
	struct known_file *files;
	size_t file_count, file_room;
	struct known **list;
	size_t count, room;
	void *names; /* a tree of what each is known by */
};

/* Add the file, or all *.conf of the folder. 0; or -EINVAL and a sentence. known_done releases it either way. */
int known_read(struct known_plan *plan, const char *path, struct fault *ret_fault);
void known_done(struct known_plan *plan);
/* Where the line of the file begins, counted from 1; beyond its end that. */
size_t known_line(const struct known_file *file, unsigned line);

/* Know the groups from `from` on by their names; of known_read. */
void known_index(struct known_plan *plan, size_t from);
/* The group of the plan that the draft's is: by the id that it was imported by, its id, its address, its name;
 * NULL when there is none. */
struct known *known_find(const struct known_plan *plan, struct group *group);
/* The measure of the plan that has the group's number: imported under it, or its id; NULL. */
struct known *known_by_id(const struct known_plan *plan, const struct group *measure);
/* The first that has its title, now or when it was imported, and has not been seen; NULL. */
struct known *known_by_title(const struct known_plan *plan, struct group *measure);
/* Has the measure of the plan, or NULL, the title of the group? */
bool known_has_title(const struct known *known, struct group *measure);
/* The person of the plan whose name the draft's has mistyped, seen already or not; NULL: there is none, or more than
 * one, or their addresses say that they are two. */
struct known *known_mistyped(const struct known_plan *plan, struct group *person);
/* Is the cell the name of the person of the plan, mistyped? known: there is more that says that it is they. */
bool known_is_name_mistyped(const struct known *person, const char *cell, bool known);
/* The id, in quotes, of the person whose name or imported name the cell has; NULL. Of keep. */
const char *known_person(const struct known_plan *plan, struct keep *keep, const char *cell);
/* The key of it; NULL when it neither is there nor was imported. */
const struct known_member *known_member(const struct known *known, const char *key);
