/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every message of a time to come, by the daemon's own rules: the walk of each obligation, assuming
 * that nobody answers and every delivery succeeds. Works in slices on a snapshot.
 */
#pragma once
#include "base/buffer.h"
#include "engine/engine.h"
#include "engine/outbox/recipient.h"

struct forecast;

/* From now until the end of the date; messages planned before `from` are left out. e is borrowed. */
int forecast_new(struct forecast **ret, struct engine *e, struct instant now,
		 struct civil_date from, struct civil_date until);
struct forecast *forecast_free(struct forecast *f);

/* Some of the ledger's rows: messages and obligations, deadlines whose meeting may never come, measures whose light
 * time may turn, and series of which occurrences come. Each list is borrowed. */
struct forecast_scope {
	const struct message_id *messages;
	const struct obligation_id *obligations;
	const struct deadline_id *deadlines;
	const struct measure_id *measures;
	const struct deadline *const *series;
	const struct person_id *people; /* whose absences may begin or end */
	size_t people_count, message_count, obligation_count, deadline_count, measure_count,
		series_count;
};
/* Only what follows from these, before any work; rows that aren't there give nothing. scope is borrowed. */
void forecast_narrow(struct forecast *f, const struct forecast_scope *scope);
/* Some of the work, a few milliseconds of it: 1 there is more, 0 done, or a negative errno. */
int forecast_work(struct forecast *f);

/* When done: the messages, in order of instant, then recipient, then channel; those that have been
 * tried before last in their instant. */
size_t forecast_count(const struct forecast *f);
/* When it leaves, and to whom, without making its row. */
struct instant forecast_when(const struct forecast *f, size_t i);
struct recipient forecast_to(const struct forecast *f, size_t i);
/* {when,to,channel,kind,items:[{deadline,measure,step}]} as text behind what is there: 0 or -ENOMEM. A month may have
 * a hundred thousand of them: to build each as a value and to write that took as long as to foresee it three times. */
int forecast_write(const struct forecast *f, size_t i, struct buffer *out);
/* The same as a value: a new reference, NULL when out of memory. */
json_t *forecast_row(const struct forecast *f, size_t i);
