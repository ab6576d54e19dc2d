/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every message of a time to come, by the daemon's own rules: the walk of each obligation, assuming
 * that nobody answers and every delivery succeeds. Works in slices on a snapshot.
 */
#pragma once
#include "engine/engine.h"

struct forecast;

/* From now until the end of the date; messages planned before `from` are left out. e is borrowed. */
int forecast_new(struct forecast **ret, struct engine *e, struct instant now,
		 struct civil_date from, struct civil_date until);
struct forecast *forecast_free(struct forecast *f);
/* Some of the work, a few milliseconds of it: 1 there is more, 0 done, or a negative errno. */
int forecast_work(struct forecast *f);

/* When done: the messages, in order of instant, then recipient, then channel; those that have been
 * tried before last in their instant. */
size_t forecast_count(const struct forecast *f);
/* {when,to,channel,kind,items:[{deadline,measure,step}]}; new reference, NULL when out of memory. */
json_t *forecast_row(const struct forecast *f, size_t i);
