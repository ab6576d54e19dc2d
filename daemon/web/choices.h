/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a list of a form offers, as templates see it: groups of options, each with the value that comes back, what it
 * is called, and which is chosen.
 */
#pragma once
#include "web/page.h"

struct choices {
	json_t *groups;
	const char *chosen; /* a value, or NULL */
	size_t count;	    /* of the options */
	int error;	    /* -ENOMEM once there was none */
};
/* From the field's list "groups", which is made. */
struct choices choices_begin(json_t *field, const char *chosen);
/* A new group, which the options after it belong to; name NULL: it has none. */
void choices_group(struct choices *c, const char *name);
/* Add one; label NULL: a flag of its value's name ("on-track": on_track) says it. It, to put more into, borrowed. */
json_t *choices_add(struct choices *c, const char *value, const char *label);
/* "NAME (ID)". */
json_t *choices_add_named(struct choices *c, const char *name, const char *id);
/*
 * Meetings that are to come, by body: those that are known, and with `unknown` the months of the next year without
 * one, each as "meeting RF 2026-10". Of body alone, unless that is NULL. 0 or a negative errno.
 */
int choices_add_meetings(struct choices *c, const struct page_reader *to, const struct body *body,
			 bool unknown);
