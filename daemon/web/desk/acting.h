/* SPDX-License-Identifier: Apache-2.0 */
/* Within the desk's acts: act_page.c leads through an act, act_form.c shows its form, act_lists.c what its lists offer,
 * act_foreseen.c what would follow. */
#pragma once
#include "web/choices.h"
#include "web/desk/act.h"
#include "web/say.h"

#define ACT_NUMBER 1 /* of the one form on the page */

struct acting {
	struct exchange *x;
	struct page_reader to;
	const struct act *act;
	struct subject about;
	const char *
		subject; /* the event's: about.id, or what the first of several requests is about */
	struct form form;
	bool done; /* it is the data of an event that is recorded */
};

/* `act`, and the flag act_NAME by which templates know it. */
void act_put_flag(json_t *object, const struct act *act);
/* What the act is called and about, for every page of it. 0 or a negative errno. */
int acting_put(const struct acting *a, json_t *view);
/* The fields, with what was typed, its faults, and what their lists offer. 0 or a negative errno. */
int act_form_put(const struct acting *a, json_t *view);
/* Of a field that is a list: its options. 0 or a negative errno. */
int act_list_put(const struct acting *a, enum form_entry entry, json_t *field);
/* What a form begins with when it has not been sent yet. */
void act_form_begin(struct acting *a);

/* What would follow, as engine/consequences.h has it, or what has, in sentences. */
struct foreseeing {
	const struct page_reader *to;
	const json_t *consequences;
};
/* Into the view, as the names of FORESEEN_VARS. 0 or -ENOMEM. */
int foreseen_put(const struct page_reader *to, json_t *view, const json_t *consequences);
/* What stands for it in a form, so that it is known whether it is the same still. Returns out. */
#define FORESEEN_DIGEST 33
char *foreseen_digest(const json_t *consequences, struct instant now,
		      char out[static FORESEEN_DIGEST]);
